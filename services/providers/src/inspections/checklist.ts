import type { Fault } from '@okienko/contracts/domain-error';

export const verdicts = ['MET', 'NOT_MET', 'NOT_APPLICABLE'] as const;
export type Verdict = (typeof verdicts)[number];

/** A criterion of a service's standard, or with no service one of the task as a whole. */
export interface Point {
  readonly offerId: string | null;
  readonly criterion: string;
}

export interface Result extends Point {
  readonly verdict: Verdict;
}

const nameOf = ({ offerId, criterion }: Point): string => `${offerId ?? 'task'} ${criterion}`;

/** Each point has one result, and nothing else has. */
export function resultFaults(results: readonly Point[], checklist: readonly Point[]): Fault[] {
  const asked = checklist.map(nameOf);
  const given = results.map(nameOf);
  const wrong = given.flatMap((name, at) => {
    const fault = (detail: string): Fault[] => [{ pointer: `/results/${at}`, detail }];
    if (!asked.includes(name)) return fault('The checklist of that day has no such criterion.');
    return given.indexOf(name) < at ? fault('This criterion has a result already.') : [];
  });
  const missing = checklist
    .filter((point) => !given.includes(nameOf(point)))
    .map(({ offerId, criterion }) => ({
      pointer: '/results',
      detail: `${criterion} of ${offerId === null ? 'the task' : `the service ${offerId}`} has no result.`,
    }));
  return [...wrong, ...missing];
}

/** What is said to be found where everything was as it should be. */
export function pointsMissed(found: readonly Point[], results: readonly Result[]): Fault[] {
  const notMet = results.filter(({ verdict }) => verdict === 'NOT_MET').map(nameOf);
  return found.flatMap((point, at) =>
    notMet.includes(nameOf(point))
      ? []
      : [{ pointer: `/findings/${at}/criterion`, detail: 'The inspection has not found this criterion not met.' }],
  );
}
