import type { Day } from '@okienko/contracts/calendar';
import { type FileKind, keptUntil, retentionOf } from './retention-terms';

/** Something that the centre has or had to do with a person. */
export interface Matter {
  readonly kind: FileKind;
  /** Nothing while it is under way. */
  readonly closedOn: Day | null;
}

/** All that is held about a person, under whichever record: one key seals it, so it is kept and disposed of as one file. */
export interface PersonFile {
  readonly personId: string;
  readonly matters: readonly Matter[];
  readonly isHeld: boolean;
}

export type Standing =
  | { readonly state: 'OPEN' }
  | {
      readonly state: 'HELD' | 'KEPT' | 'DUE';
      readonly category: string;
      readonly closedOn: Day;
      readonly keptUntil: Day;
    };

/** Whether the file may go: when every matter is closed and its period is over, and nothing holds it. */
export function standingOf({ matters, isHeld }: PersonFile, today: Day): Standing {
  const closed = matters.flatMap(({ kind, closedOn }) => (closedOn === null ? [] : [{ kind, closedOn }]));
  const [first, ...others] = closed;
  if (!first || closed.length < matters.length) return { state: 'OPEN' };
  const longest = others.reduce((one, other) => (until(other) > until(one) ? other : one), first);
  const last = until(longest);
  const state = isHeld ? 'HELD' : last < today ? 'DUE' : 'KEPT';
  return {
    state,
    category: retentionOf(longest.kind, longest.closedOn).category,
    closedOn: longest.closedOn,
    keptUntil: last,
  };
}

/** That somebody is registered obliges nobody to keep it: a request for erasure (GDPR art. 17) is measured by the rest. */
export function mayBeErasedOnRequest({ matters, isHeld }: PersonFile, today: Day): boolean {
  const obliging = matters.filter(({ kind, closedOn }) => kind !== 'REGISTRATION' || closedOn === null);
  return !isHeld && obliging.every(({ kind, closedOn }) => closedOn !== null && keptUntil(kind, closedOn) < today);
}

const until = ({ kind, closedOn }: { kind: FileKind; closedOn: Day }): Day => keptUntil(kind, closedOn);
