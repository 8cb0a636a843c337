import type { Day } from '@okienko/contracts/calendar';
import type { Forwarding } from './forwarding';

/** What became of one requested service. The result is per item; the application's own state follows from its items. */
export const itemStates = [
  'SUBMITTED',
  'INCOMPLETE',
  'LEFT_UNEXAMINED',
  'FORWARDED',
  'WAITLISTED',
  'QUALIFIED',
  'REFUSAL_PENDING',
  'REFUSED',
  'APPEALED',
  'WITHDRAWN',
  'DISCONTINUED',
] as const;
export type ItemState = (typeof itemStates)[number];

/** Asked for no more, so nothing is decided of it: withdrawn, out of the centre's hands, or without anybody to decide for. */
const gone = new Set<ItemState>(['LEFT_UNEXAMINED', 'FORWARDED', 'WITHDRAWN', 'DISCONTINUED']);
export const isAskedFor = ({ state }: ApplicationItem): boolean => !gone.has(state);

/** Nothing is left to be done about it, unless an appeal is filed. */
export const isClosed = (item: ApplicationItem): boolean => item.state === 'REFUSED' || !isAskedFor(item);

/** What the applicant is told of a qualification: no decision is needed for it (art. 42(1)). */
export interface QualificationNotice {
  /** In the register of the unit and year. */
  readonly number: string;
  readonly qualifiedOn: Day;
  /** Last day for which the service is granted. */
  readonly grantedUntil: Day;
  /** Units granted, where so many were asked for. */
  readonly quantity?: number;
  readonly authorisationId?: string;
}

export interface ApplicationItem {
  readonly id: string;
  readonly offerId: string;
  readonly programmeId: string;
  readonly serviceCode: string;
  /** Units asked for; nothing when the applicant did not say. */
  readonly quantity?: number;
  readonly state: ItemState;
  /** Edition of the programme that it was qualified under: a later resolution changes nothing for it. */
  readonly programmeVersion?: number;
  readonly notice?: QualificationNotice;
  /** The refusal, or of what is qualified the refusal of the rest (art. 42(3)): there is no REFUSED without it. */
  readonly decisionId?: string;
  /** Waits, but demands a decision since then. */
  readonly decisionDemandedOn?: Day;
  readonly forwarding?: Forwarding;
}

/** Where an item may go. DISCONTINUED: the person died or left the gmina, so nothing is left to decide (KPA art. 105). */
export const itemTransitions: Readonly<Record<ItemState, readonly ItemState[]>> = {
  SUBMITTED: ['INCOMPLETE', 'FORWARDED', 'QUALIFIED', 'WAITLISTED', 'REFUSAL_PENDING', 'WITHDRAWN', 'DISCONTINUED'],
  INCOMPLETE: ['SUBMITTED', 'LEFT_UNEXAMINED', 'WITHDRAWN', 'DISCONTINUED'],
  LEFT_UNEXAMINED: [],
  FORWARDED: [],
  WAITLISTED: ['QUALIFIED', 'REFUSAL_PENDING', 'WITHDRAWN', 'DISCONTINUED'],
  QUALIFIED: ['WITHDRAWN', 'DISCONTINUED'],
  REFUSAL_PENDING: ['REFUSED', 'DISCONTINUED'],
  REFUSED: ['APPEALED'],
  APPEALED: ['REFUSED', 'SUBMITTED', 'QUALIFIED', 'DISCONTINUED'],
  WITHDRAWN: [],
  DISCONTINUED: [],
};

// What still asks for an act of the centre comes first.
const precedence: readonly ItemState[] = [
  'INCOMPLETE',
  'SUBMITTED',
  'REFUSAL_PENDING',
  'APPEALED',
  'WAITLISTED',
  'QUALIFIED',
  'REFUSED',
  'LEFT_UNEXAMINED',
  'FORWARDED',
  'DISCONTINUED',
  'WITHDRAWN',
];

/** State of the whole, from its items alone. While it is SUBMITTED its needs recognition may refine it. */
export function stateOf(items: readonly ApplicationItem[]): ItemState {
  const states = new Set(items.map((item) => item.state));
  return precedence.find((state) => states.has(state)) ?? 'WITHDRAWN';
}
