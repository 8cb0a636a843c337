import { IsCode, IsDayString, IsId, IsText } from '@okienko/chassis/validation';
import { IsIn, IsOptional } from 'class-validator';
import { type ExternalCaseStatus, externalCaseStatuses } from './external-case';

export class UpdateExternalCase {
  /** What it is about, as the other system codes it. Kept encrypted. @example "ZASILEK_STALY" */
  @IsCode()
  kindCode!: string;

  @IsIn(externalCaseStatuses)
  status!: ExternalCaseStatus;

  @IsDayString()
  from!: string;

  /** Last day; left out while it goes on. */
  @IsOptional()
  @IsDayString()
  to?: string;
}

export class RegisterExternalCase extends UpdateExternalCase {
  @IsId()
  personId!: string;

  /** The system that keeps the case, as a code. @example "POMOST" */
  @IsCode()
  system!: string;

  /** Of the case in that system. Kept encrypted. */
  @IsText(1, 100)
  number!: string;
}

export class ListExternalCases {
  /** Whose. */
  @IsId()
  personId!: string;
}

export class ExternalCaseView {
  id!: string;
  version!: number;
  unit!: string;
  personId!: string;
  system!: string;
  number!: string;
  kindCode!: string;
  status!: ExternalCaseStatus;
  from!: string;
  to!: string | null;
  /** Account that recorded it. */
  recordedBy!: string;
}

export class ExternalCases {
  items!: ExternalCaseView[];
}
