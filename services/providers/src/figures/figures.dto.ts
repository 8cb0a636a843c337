import { PageQuery } from '@okienko/chassis/page';
import { IsDayString, IsId } from '@okienko/chassis/validation';

export class FigureSpan {
  /** First day. @example "2026-01-01" */
  @IsDayString() from!: string;
  /** The last day, at most 1100 days on. @example "2026-12-31" */
  @IsDayString() to!: string;
}

export class OfferFigureSpan extends FigureSpan {
  /** The service for which providers are shown side by side. */
  @IsId() offerId!: string;
}

export class ListOfferFigures extends PageQuery {
  /** The service for which providers are shown side by side. */
  @IsId() offerId!: string;
  /** First day. @example "2026-01-01" */
  @IsDayString() from!: string;
  /** The last day, at most 1100 days on. @example "2026-12-31" */
  @IsDayString() to!: string;
}

/** A figure with the numbers behind it. */
export class FigureView {
  /** Per cent, or the median; null where nothing was counted or it is withheld. @example 91.7 */
  value!: number | null;
  /** Null also where the value is a median. @example 11 */
  numerator!: number | null;
  /** @example 12 */
  denominator!: number | null;
  /** So few that it would tell of one of them, or another that would give those away. */
  why?: 'TOO_FEW';
}

export class QuestionFigureView {
  /** @example "RESPECT" */
  code!: string;
  /** Mean of 1 to 5; where it is yes or no, the part of yes. @example 4.25 */
  mean!: number;
}

/** What recipients said in a quarter that is over. */
export class SatisfactionView {
  /** Its first day. @example "2026-01-01" */
  quarter!: string;
  /** The first day of the edition of questions. @example "2020-01-01" */
  edition!: string;
  answers!: number | null;
  /** Fewer than can be told, or others that would give those away. */
  why?: 'TOO_FEW';
  questions!: QuestionFigureView[];
}

export class ServiceFiguresView {
  /** Orders received in the period and accepted, of those accepted, declined or lapsed. */
  accepted!: FigureView;
  /** Those not answered in time, of the same. */
  lapsed!: FigureView;
  /** Answered by the last day for it, of those that had one. */
  answeredInTime!: FigureView;
  /** Median hours from an order to its answer. */
  hoursToAnswer!: FigureView;
  /** Median days to the first delivery, from the acceptance or the first day of the order, whichever is later. */
  daysToFirstDelivery!: FigureView;
  /** Deliveries begun when planned, of those with a time under a plan of visits. */
  onTime!: FigureView;
  /** Visits that the provider missed, of all recorded. */
  missed!: FigureView;
  /** Visits called off, of all recorded. */
  cancelled!: FigureView;
  /** Disputed deliveries that the centre rejected, of the disputes it decided. */
  disputesUpheld!: FigureView;
  /** Complaints found right, wholly or partly, of those received in the period and answered. */
  complaintsFounded!: FigureView;
  /** By quarters that are over and lie within the period, never over several of them. */
  satisfaction!: SatisfactionView[];
}

export class OfferFiguresView extends ServiceFiguresView {
  offerId!: string;
}

export class FindingsView {
  /** Not confirmed as remedied today. */
  open!: number;
  /** Those whose term for a remedy is over. */
  overdue!: number;
}

export class ProviderFiguresView {
  providerId!: string;
  name!: string;
  from!: string;
  to!: string;
  /** Figures of fewer are withheld. @example 5 */
  fewest!: number;
  total!: ServiceFiguresView;
  offers!: OfferFiguresView[];
  findings!: FindingsView;
}

export class ProviderOfOfferView extends OfferFiguresView {
  providerId!: string;
  name!: string;
}
