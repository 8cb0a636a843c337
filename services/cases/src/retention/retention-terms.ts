import { type Day, editionOn } from '@okienko/contracts/calendar';

/** Kinds of what is kept about a person; how long is counted for each from the end of the year in which it was closed. */
export const fileKinds = ['CASE', 'UNEXAMINED', 'EU_PROJECT', 'PAST_MATTER', 'EXTERNAL_CASE', 'REGISTRATION'] as const;
export type FileKind = (typeof fileKinds)[number];

export interface RetentionTerm {
  readonly validFrom: Day;
  /** Symbol of the archival category in the centre's own schedule. */
  readonly category: string;
  readonly years: number;
  readonly basis: string;
}

type History = readonly [...RetentionTerm[], RetentionTerm];
const schedule = 'JRWA (ustawa o narodowym zasobie archiwalnym i archiwach, art. 6)';
const term = (category: string, years: number, basis = schedule): History => [
  { validFrom: '2020-01-01', category, years, basis },
];

/** The Act sets no periods (art. 50): B10 and B5 stand in for those of the centre's schedule. Of each kind the newest first. */
export const retentionTerms: Readonly<Record<FileKind, History>> = {
  CASE: term('B10', 10),
  UNEXAMINED: term('B5', 5),
  EU_PROJECT: term('B5', 5, 'Regulation (EU) 2021/1060, art. 82'),
  PAST_MATTER: term('B10', 10),
  EXTERNAL_CASE: term('B5', 5),
  REGISTRATION: term('B2', 2),
};

/** A matter keeps the period that was in force when it was closed. */
export const retentionOf = (kind: FileKind, closedOn: Day): RetentionTerm => editionOn(retentionTerms[kind], closedOn);

/** Last day on which it must be kept. */
export const keptUntil = (kind: FileKind, closedOn: Day): Day =>
  `${Number(closedOn.slice(0, 4)) + retentionOf(kind, closedOn).years}-12-31`;

/** What was closed on this day or later must still be kept, whatever the edition. */
export function stillKeptFrom(kind: FileKind, today: Day): Day {
  const shortest = Math.min(...retentionTerms[kind].map(({ years }) => years));
  return `${Number(today.slice(0, 4)) - shortest}-01-01`;
}
