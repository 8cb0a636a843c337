import type { Day } from '@okienko/contracts/calendar';
import type { EventContract } from '@okienko/contracts/event';

/** What a text may mention besides its own words: days, a time, an amount, a count and a kind of place, never a service or a condition. */
export interface LetterFacts {
  readonly scheduledFor?: string;
  readonly place?: string;
  readonly answerBy?: Day;
  readonly dueOn?: Day;
  readonly openGrosze?: number;
  /** How many pieces of news a digest is about. */
  readonly count?: number;
}
export type FactName = keyof LetterFacts;

/** The words that a fact puts at the disposal of a text. */
export const wordsOfFacts = {
  scheduledFor: ['when', 'day', 'time'],
  place: ['where'],
  answerBy: ['answerBy'],
  dueOn: ['dueOn'],
  openGrosze: ['amount'],
  count: ['count'],
} as const satisfies Readonly<Record<FactName, readonly string[]>>;
export type Word = (typeof wordsOfFacts)[FactName][number];

export const factNames = Object.keys(wordsOfFacts) as readonly FactName[];
/** `centre` is known to every text. */
export const wordsOf = (facts: readonly FactName[]): readonly (Word | 'centre')[] => [
  'centre',
  ...facts.flatMap((fact) => wordsOfFacts[fact]),
];

/** What the data of an event tell. */
export function factsIn(data: unknown): LetterFacts {
  const given = data as Readonly<Record<string, unknown>>;
  return Object.fromEntries(factNames.flatMap((name) => (given[name] === undefined ? [] : [[name, given[name]]])));
}

/** What every event of that kind tells, so that a text may rely on it. */
export const factsGivenBy = ({ required }: Pick<EventContract, 'required'>): readonly FactName[] =>
  factNames.filter((name) => required.includes(name));
