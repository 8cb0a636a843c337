import { NotInState } from '@okienko/contracts/domain-error';

/** Where a decision may go. QUASHED and REVIEWED no longer stand: something else takes their place. */
const transitions = {
  ISSUED: ['DELIVERED'],
  DELIVERED: ['APPEALED'],
  APPEALED: ['HANDED_OVER', 'REVIEWED', 'APPEAL_WITHDRAWN'],
  HANDED_OVER: ['UPHELD', 'QUASHED', 'APPEAL_WITHDRAWN'],
  UPHELD: [],
  QUASHED: [],
  REVIEWED: [],
  APPEAL_WITHDRAWN: [],
} as const;
export type DecisionState = keyof typeof transitions;

export function assertMayBecome(state: DecisionState, next: DecisionState, act: string): void {
  const allowed: readonly DecisionState[] = transitions[state];
  if (!allowed.includes(next)) throw new NotInState('decision', act, state);
}

export const standsIn = (state: DecisionState): boolean => state !== 'QUASHED' && state !== 'REVIEWED';
