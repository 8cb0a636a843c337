import { type Figure, median, type Measured, share, told } from './figure';

/** What was counted of a provider in a period, for one service or for all. */
export interface Counts {
  /** Orders received in the period that were accepted, declined, or not answered in time. */
  readonly decided: number;
  readonly accepted: number;
  readonly lapsed: number;
  /** Those with a last day for the answer; answered by then. */
  readonly termed: number;
  readonly inTime: number;
  readonly answered: number;
  readonly hoursToAnswer: number | null;
  /** Those accepted and begun. */
  readonly begun: number;
  readonly daysToBegin: number | null;
  /** Visits that were recorded in the period and not rejected. */
  readonly visits: number;
  readonly missed: number;
  readonly cancelled: number;
  /** Those delivered, from a moment, under a plan. */
  readonly planned: number;
  readonly onTime: number;
  /** Disputes over them that the centre has decided; against the provider. */
  readonly disputes: number;
  readonly upheld: number;
  /** Complaints received in the period and answered; founded, wholly or partly. */
  readonly complaints: number;
  readonly founded: number;
}

export const noCounts: Counts = {
  decided: 0,
  accepted: 0,
  lapsed: 0,
  termed: 0,
  inTime: 0,
  answered: 0,
  hoursToAnswer: null,
  begun: 0,
  daysToBegin: null,
  visits: 0,
  missed: 0,
  cancelled: 0,
  planned: 0,
  onTime: 0,
  disputes: 0,
  upheld: 0,
  complaints: 0,
  founded: 0,
};

const measures = {
  accepted: ({ accepted, decided }: Counts) => share(accepted, decided),
  lapsed: ({ lapsed, decided }: Counts) => share(lapsed, decided),
  answeredInTime: ({ inTime, termed }: Counts) => share(inTime, termed),
  hoursToAnswer: ({ hoursToAnswer, answered }: Counts) => median(hoursToAnswer, answered),
  daysToFirstDelivery: ({ daysToBegin, begun }: Counts) => median(daysToBegin, begun),
  onTime: ({ onTime, planned }: Counts) => share(onTime, planned),
  missed: ({ missed, visits }: Counts) => share(missed, visits),
  cancelled: ({ cancelled, visits }: Counts) => share(cancelled, visits),
  disputesUpheld: ({ upheld, disputes }: Counts) => share(upheld, disputes),
  complaintsFounded: ({ founded, complaints }: Counts) => share(founded, complaints),
} satisfies Record<string, (counts: Counts) => Measured>;

export type FigureName = keyof typeof measures;
export const figureNames = Object.keys(measures) as readonly FigureName[];
export type Figures = Readonly<Record<FigureName, Figure>>;

/** Of something that concerns one service, or of what is left where it concerns none (null). */
export interface OfOffer<Of> {
  readonly offerId: string | null;
  readonly of: Of;
}

/** Figures in all and for each service, each withheld where it is of too few. */
export function figuresOf(
  total: Counts,
  offers: readonly OfOffer<Counts>[],
  fewest: number,
): { total: Figures; offers: readonly OfOffer<Figures>[] } {
  const columns = figureNames.map((name) => {
    const measure = measures[name];
    const column = told(
      measure(total),
      offers.map(({ of }) => measure(of)),
      fewest,
    );
    return { name, ...column };
  });
  const row = (pick: (column: (typeof columns)[number]) => Figure | undefined): Figures =>
    Object.fromEntries(columns.map((column) => [column.name, pick(column)])) as Figures;
  return {
    total: row((column) => column.total),
    offers: offers.map(({ offerId }, index) => ({ offerId, of: row(({ parts }) => parts[index]) })),
  };
}
