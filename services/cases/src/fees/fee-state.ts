import type { Charge } from './charges';

export const feeStates = ['NOT_DUE', 'ASSESSED', 'PAID', 'OVERDUE', 'DECISION_ISSUED', 'ENFORCED', 'WAIVED'] as const;
export type FeeState = (typeof feeStates)[number];

// What asks most urgently for an act of the centre comes first.
const precedence = ['ENFORCED', 'DECISION_ISSUED', 'OVERDUE', 'ASSESSED', 'PAID', 'WAIVED'] as const;

/** State of the whole, from its charges alone; none while there is nothing to be paid. */
export function stateOf(charges: readonly Charge[]): FeeState | undefined {
  const states = new Set(charges.map(({ state }) => state));
  return precedence.find((state) => states.has(state));
}
