import { type Day, editionOn } from '@okienko/contracts/calendar';

/** How figures of providers are told. The Act is silent, so the centre sets it: data with validity dates. */
export interface FigureTerms {
  readonly validFrom: Day;
  readonly basis: string;
  /** A figure of fewer is withheld. */
  readonly fewest: number;
  /** Minutes from the planned beginning of a visit within which it is on time. */
  readonly onTimeMinutes: number;
}

/** Newest first. */
export const figureTerms: readonly [...FigureTerms[], FigureTerms] = [
  { validFrom: '2020-01-01', basis: 'rule of the centre (art. 13(1)(7), 50)', fewest: 5, onTimeMinutes: 15 },
];

export const figureTermsOn = (day: Day): FigureTerms => editionOn(figureTerms, day);
