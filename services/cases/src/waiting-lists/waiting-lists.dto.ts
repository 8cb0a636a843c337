import { PageQuery } from '@okienko/chassis/page';
import { IsCode, IsId, IsSlug } from '@okienko/chassis/validation';
import { IsInt, Max, Min } from 'class-validator';

export class JumpWaitingList {
  /** Why, as a code of the centre, such as SUDDEN_CRISIS. */
  @IsCode()
  reasonCode!: string;

  /** Position of whoever is to come right after, 1 being the first. */
  @IsInt()
  @Min(1)
  @Max(100_000)
  before!: number;
}

export class ListWaiting extends PageQuery {
  @IsId()
  programmeId!: string;

  @IsSlug()
  serviceCode!: string;
}

export class WaitEstimate {
  /** Days, if places go on being freed as in the last months. */
  fromDays!: number;
  toDays!: number;
}

export class WaitingView {
  /** 1 is the first; null while a place is offered. */
  position!: number | null;
  applicationId!: string;
  itemId!: string;
  personId!: string;
  offerId!: string;
  filedAt!: string;
  enteredAt!: string;
  /** The first priority that was met when the entry was made; null where none was. */
  priorityCode!: string | null;
  /** A place has been held since that day, for an answer until the other. */
  offeredOn!: string | null;
  answerBy!: string | null;
  /** No place will come from this list any more, so a decision is owed by that day. */
  decideBy!: string | null;
}

export class WaitingListEntryView extends WaitingView {
  /** How many wait for this service. */
  length!: number;
  /** Null when no place has been freed lately, or one is offered already. */
  estimate!: WaitEstimate | null;
}
