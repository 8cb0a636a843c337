import { IsDayString, IsId, Parts } from '@okienko/chassis/validation';
import { ArrayUnique, IsIn } from 'class-validator';
import { type NewMember, type Relation, relations } from './household';

export class HouseholdMember implements NewMember {
  @IsId()
  personId!: string;

  /** What they are to the member of reference. */
  @IsIn(relations)
  relation!: Relation;

  /** First day in the household. */
  @IsDayString()
  from!: string;
}

export class FormHousehold {
  @Parts(() => HouseholdMember, 1, 30)
  @ArrayUnique((member: Partial<HouseholdMember> | null) => member?.personId)
  members!: HouseholdMember[];
}

export class LeaveHousehold {
  @IsId()
  personId!: string;

  /** Last day in the household. */
  @IsDayString()
  to!: string;
}

export class FindHouseholds {
  /** Whose, present and past. */
  @IsId()
  personId!: string;
}

export class HouseholdMemberView extends HouseholdMember {
  /** Last day; null while they belong to it. */
  to!: string | null;
}

export class HouseholdView {
  id!: string;
  version!: number;
  unit!: string;
  members!: HouseholdMemberView[];
}

export class Households {
  items!: HouseholdView[];
}
