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
  /** By a provision, or by the centre in its schedule, to which the state archive agrees: that is theirs to decide, and this is what they are offered. */
  readonly setBy: 'LAW' | 'SCHEDULE';
}

type History = readonly [...RetentionTerm[], RetentionTerm];
const schedule = 'JRWA (ustawa o narodowym zasobie archiwalnym i archiwach, art. 6)';
const bySchedule = (category: string, years: number): History => [
  { validFrom: '2020-01-01', category, years, basis: schedule, setBy: 'SCHEDULE' },
];
const byLaw = (category: string, years: number, basis: string): History => [
  { validFrom: '2020-01-01', category, years, basis, setBy: 'LAW' },
];

/** The Act sets no periods (art. 50). Of each kind the newest first; another schedule is another edition. */
export const retentionTerms: Readonly<Record<FileKind, History>> = {
  CASE: bySchedule('B10', 10),
  UNEXAMINED: bySchedule('B5', 5),
  EU_PROJECT: byLaw('B5', 5, 'Regulation (EU) 2021/1060, art. 82'),
  PAST_MATTER: bySchedule('B10', 10),
  EXTERNAL_CASE: bySchedule('B5', 5),
  REGISTRATION: bySchedule('B2', 2),
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
