import { PageQuery } from '@okienko/chassis/page';
import { IsId, IsInstant, IsText, MayBeAbsent, Part, Parts } from '@okienko/chassis/validation';
import { ArrayUnique, Equals, IsIn, IsInt, IsOptional, Matches, Max, Min, ValidateIf } from 'class-validator';
import { type ApplicantRole, applicantRoles } from './applicant';
import { ForwardingTarget } from './application-course.dto';
import { StateFacts } from './application-facts.dto';
import { type ItemState, itemStates, type QualificationNotice } from './application-item';
import type { Delay } from './delay';
import type { Channel } from './filing';
import { type ClauseShown, showings } from './statement-clauses';

const isShown = ({ shownAt, manner }: Statement): boolean => shownAt !== undefined || manner !== undefined;

export class Statement {
  /** Version of the clause that the applicant was shown, from GET /statement-clauses. */
  @IsText(1, 20)
  clauseVersion!: string;

  /** The applicant has made the statement under the clause (art. 36(2)). */
  @Equals(true)
  acknowledged!: true;

  /** When the applicant was shown the clause; with `manner`. */
  @ValidateIf(isShown)
  @IsInstant()
  shownAt?: string;

  /** What shows it: a signature, an electronic trace, or a note of what was said. */
  @ValidateIf(isShown)
  @IsIn(showings)
  manner?: ClauseShown['manner'];
}

export class RequestedService {
  @IsId()
  offerId!: string;

  /** Units asked for, in the unit of the offer. */
  @MayBeAbsent()
  @IsInt()
  @Min(1)
  @Max(100_000)
  quantity?: number;
}

export class FileApplication {
  @IsId()
  personId!: string;

  /** Who applies (art. 35). */
  @IsIn(applicantRoles)
  applicantRole!: ApplicantRole;

  /** The representative or carer who applies, where they are registered; nobody where the person applies. */
  @MayBeAbsent()
  @IsId()
  applicantPersonId?: string;

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

  /** What is stated under the clause and shown. */
  @MayBeAbsent()
  @Part(() => StateFacts)
  facts?: StateFacts;

  /** Of the catalogue: the report of a need that the application comes of. It is settled by that. */
  @MayBeAbsent()
  @IsId()
  needReportId?: string;
}

export const applicationStates = ['IN_RECOGNITION', 'ASSESSED', ...itemStates] as const;
export type ApplicationState = (typeof applicationStates)[number];

export class ListApplications extends PageQuery {
  @IsOptional()
  @IsIn(applicationStates)
  state?: ApplicationState;

  /** Opaque id of a person. */
  @IsOptional()
  @IsId()
  personId?: string;

  /** Account id of the coordinator. */
  @IsOptional()
  @Matches(/^[A-Za-z0-9._:|-]{1,64}$/)
  coordinator?: string;
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

export class ForwardingView {
  target!: ForwardingTarget;
  agreedOn!: string;
  /** When the papers went; absent until then. */
  sentOn?: string;
}

export class ApplicationItemView extends ItemView {
  programmeId!: string;
  serviceCode!: string;
  /** Units asked for. */
  quantity?: number;
  /** Edition of the programme that it was qualified under. */
  programmeVersion?: number;
  /** What was granted, once it is qualified. */
  notice?: QualificationNotice;
  decisionId?: string;
  forwarding?: ForwardingView;
  /** The applicant demands a decision instead of waiting on, since then. */
  decisionDemandedOn?: string;
}

export class ApplicationView {
  id!: string;
  version!: number;
  personId!: string;
  applicantRole!: ApplicantRole;
  channel!: Channel;
  filedAt!: string;
  clauseVersion!: string;
  /** Account id of who sees to it. */
  coordinator!: string | null;
  /** Derived from the items, and from the needs recognition while nothing is decided. */
  state!: ApplicationState;
  items!: ApplicationItemView[];
}

export class ClauseShownView {
  shownAt!: string;
  manner!: ClauseShown['manner'];
}

/** The last call to make good what was missing. */
export class CompletionCallView {
  calledOn!: string;
  dueDays!: number;
  servedOn?: string;
  /** The last day of the term. */
  dueOn?: string;
  /** When everything had come, or when the rest was left unexamined. */
  endedOn?: string;
  missing!: string[];
}

export class DelayView {
  from!: string;
  to!: string;
  causeCode!: Delay['causeCode'];
}

export class ImportedFromView {
  source!: string;
  externalId!: string;
}

export class ApplicationDetails extends ApplicationView {
  applicantPersonId!: string | null;
  clauseShown!: ClauseShownView | null;
  needReportId!: string | null;
  completionCall!: CompletionCallView | null;
  /** Time by which the matter is late because of the applicant. */
  delays!: DelayView[];
  /** What was stated and shown; null where nothing was. */
  facts!: StateFacts | null;
  /** The system of a predecessor that it was taken over from; null where it was filed here. */
  importedFrom!: ImportedFromView | null;
}
