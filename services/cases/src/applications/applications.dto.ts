import { PageQuery } from '@okienko/chassis/page';
import { IsId, IsInstant, IsText, Part, Parts } from '@okienko/chassis/validation';
import { ArrayUnique, Equals, IsIn, IsOptional } from 'class-validator';
import type { ApplicantRole, Channel } from './application';
import type { ItemState } from './application-item';

export class Statement {
  /** Version of the clause that the applicant was shown, from GET /statement-clauses. */
  @IsText(1, 20)
  clauseVersion!: string;

  /** The applicant has made the statement under the clause (art. 36(2)). */
  @Equals(true)
  acknowledged!: true;
}

export class RequestedService {
  @IsId()
  offerId!: string;
}

export class FileApplication {
  @IsId()
  personId!: string;

  /** Who applies (art. 35). */
  @IsIn(['PERSON', 'STATUTORY_REPRESENTATIVE', 'ACTUAL_CARER'])
  applicantRole!: ApplicantRole;

  @IsIn(['DESK', 'WEB_FORM', 'PHONE', 'POST', 'EMAIL'])
  channel!: Channel;

  /** When it reached the centre, not later than now; now when left out. The 30 days of art. 40 run from here. */
  @IsOptional()
  @IsInstant()
  filedAt?: string;

  @Part(() => Statement)
  statement!: Statement;

  /** The services asked for, each offer once. */
  @Parts(() => RequestedService, 1, 20)
  @ArrayUnique((item: Partial<RequestedService> | null) => item?.offerId)
  items!: RequestedService[];
}

export const applicationStates = [
  'SUBMITTED',
  'IN_RECOGNITION',
  'ASSESSED',
  'WAITLISTED',
  'QUALIFIED',
  'REFUSAL_PENDING',
  'REFUSED',
  'WITHDRAWN',
  'DISCONTINUED',
] as const;
export type ApplicationState = (typeof applicationStates)[number];

export class ListApplications extends PageQuery {
  @IsOptional()
  @IsIn(applicationStates)
  state?: ApplicationState;

  /** Opaque id of a person. */
  @IsOptional()
  @IsId()
  personId?: string;
}

export class ItemView {
  id!: string;
  offerId!: string;
  state!: ItemState;
}

export class ApplicationFiled {
  id!: string;
  version!: number;
  items!: ItemView[];
}

export class ApplicationItemView extends ItemView {
  programmeId!: string;
  serviceCode!: string;
  /** Edition of the programme that it was qualified under. */
  programmeVersion?: number;
  decisionId?: string;
}

export class ApplicationView {
  id!: string;
  version!: number;
  personId!: string;
  applicantRole!: ApplicantRole;
  channel!: Channel;
  filedAt!: string;
  clauseVersion!: string;
  /** Derived from the items, and from the needs recognition while nothing is decided. */
  state!: ApplicationState;
  items!: ApplicationItemView[];
}
