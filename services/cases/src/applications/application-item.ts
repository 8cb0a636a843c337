/** What became of one requested service. The result is per item; the application's own state follows from its items. */
export type ItemState = 'SUBMITTED' | 'WAITLISTED' | 'QUALIFIED' | 'REFUSAL_PENDING' | 'REFUSED' | 'WITHDRAWN';

export interface ApplicationItem {
  readonly id: string;
  readonly offerId: string;
  readonly programmeId: string;
  readonly serviceCode: string;
  readonly state: ItemState;
  /** Edition of the programme that it was qualified under: a later resolution changes nothing for it. */
  readonly programmeVersion?: number;
  /** The refusal (art. 42(3)): there is no REFUSED without it. */
  readonly decisionId?: string;
}

/** Where an item may go. REFUSED and WITHDRAWN are final. */
export const itemTransitions: Readonly<Record<ItemState, readonly ItemState[]>> = {
  SUBMITTED: ['QUALIFIED', 'WAITLISTED', 'REFUSAL_PENDING', 'WITHDRAWN'],
  WAITLISTED: ['QUALIFIED', 'REFUSAL_PENDING', 'WITHDRAWN'],
  QUALIFIED: ['WITHDRAWN'],
  REFUSAL_PENDING: ['REFUSED'],
  REFUSED: [],
  WITHDRAWN: [],
};

// What still asks for an act of the centre comes first.
const precedence: readonly ItemState[] = [
  'SUBMITTED',
  'REFUSAL_PENDING',
  'WAITLISTED',
  'QUALIFIED',
  'REFUSED',
  'WITHDRAWN',
];

/** State of the whole, from its items alone. While it is SUBMITTED its needs recognition may refine it. */
export function stateOf(items: readonly ApplicationItem[]): ItemState {
  const states = new Set(items.map((item) => item.state));
  return precedence.find((state) => states.has(state)) ?? 'WITHDRAWN';
}
