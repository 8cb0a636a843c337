import { PageQuery } from '@okienko/chassis/page';
import { IsCode } from '@okienko/chassis/validation';
import { IsIn, IsOptional, IsUUID } from 'class-validator';
import { type HoldKind, holdKinds } from './legal-hold';

export class PlaceHold {
  @IsUUID()
  personId!: string;

  @IsIn(holdKinds)
  kind!: HoldKind;
}

export class EndHold {
  /** Why the file need no longer stay, as a code: FINAL_JUDGMENT, for example. */
  @IsCode()
  reasonCode!: string;
}

export class ListHolds extends PageQuery {
  /** Of this person, under whichever record. */
  @IsOptional()
  @IsUUID()
  personId?: string;
}

export class HoldView {
  id!: string;
  version!: number;
  unit!: string;
  personId!: string;
  kind!: HoldKind;
  placedBy!: string;
  placedOn!: string;
  endedBy!: string | null;
  endedOn!: string | null;
  reasonCode!: string | null;
}
