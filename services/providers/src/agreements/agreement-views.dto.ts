import type { AgreementState } from './agreement-state';
import { ConditionsDto, FundingDto, StartProcurement } from './agreements.dto';
import type { Unit } from './prices';
import type { SelectionMode } from './selection';

export class AgreementSummary {
  id!: string;
  version!: number;
  number!: string | null;
  providerId!: string;
  selectionMode!: SelectionMode;
  subject!: string;
  state!: AgreementState;
  from!: string;
  /** Its last day, earlier than agreed when it was ended before its time. */
  to!: string;
  ceilingGrosze!: number | null;
}

export class AgreementServiceView {
  offerId!: string;
  unit!: Unit;
  ceilingQuantity!: number | null;
  /** Its first day, where an amendment has added it. */
  from!: string | null;
  /** What orders draw on it, in units. */
  ordered!: number;
  delivered!: number;
}

export class ReportView {
  kind!: 'INTERIM' | 'FINAL';
  dueOn!: string;
  receivedOn!: string | null;
}

export class AmendmentView {
  number!: string;
  signedOn!: string;
  from!: string;
  /** What it changed. */
  changes!: object;
  /** The same before it. */
  before!: object;
}

export class AgreementView extends AgreementSummary {
  selection!: StartProcurement;
  signedOn!: string | null;
  conditions!: ConditionsDto;
  answerDays!: number | null;
  noShowPermille!: number;
  funding!: FundingDto[];
  services!: AgreementServiceView[];
  /** What is drawn on the ceiling, in grosze: by orders, and by flat sums and grants, which are delivered once they are settled. */
  orderedGrosze!: number;
  deliveredGrosze!: number;
  /** Handed in by the provider. */
  invoicedGrosze!: number;
  /** What can still be ordered; null without a ceiling. */
  leftGrosze!: number | null;
  reports!: ReportView[];
  amendments!: AmendmentView[];
  suspendedFrom!: string | null;
  endReason!: string | null;
  /** No amendment counts on this day or before it. */
  settledUntil!: string | null;
}

export class PriceView {
  offerId!: string;
  unit!: Unit;
  priceGrosze!: number;
  from!: string;
  to!: string | null;
}

export class PriceListView {
  items!: PriceView[];
}

export class ForecastView {
  /** Null for the money of the whole agreement. */
  offerId!: string | null;
  /** GROSZE for money. @example "HOUR" */
  unit!: Unit | 'GROSZE';
  ceiling!: number | null;
  ordered!: number;
  delivered!: number;
  usedPermille!: number | null;
  /** EXHAUSTED: nothing more can be ordered. UNKNOWN: too little was delivered lately. LASTS: beyond the last day. */
  outcome!: 'NO_CEILING' | 'EXHAUSTED' | 'UNKNOWN' | 'RUNS_OUT' | 'LASTS';
  /** At the present pace of deliveries. @example "2026-11-03" */
  runsOutOn!: string | null;
}

export class ForecastsView {
  /** The pace is that of so many days. @example 60 */
  paceDays!: number;
  items!: ForecastView[];
}
