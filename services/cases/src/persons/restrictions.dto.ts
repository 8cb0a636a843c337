import { IsCode } from '@okienko/chassis/validation';
import { IsIn } from 'class-validator';
import { type RestrictionGround, restrictionGrounds } from './person';

export class RestrictPerson {
  /** Why, as GDPR art. 18(1) has it. */
  @IsIn(restrictionGrounds)
  ground!: RestrictionGround;
}

export class LiftRestriction {
  /** Why it is over, as a code: CORRECTED, for example. The person has to be told before (GDPR art. 18(3)). */
  @IsCode()
  reasonCode!: string;
}
