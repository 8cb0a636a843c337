import type { Day } from './calendar';
import { DomainError, NotFound, NotInState } from './domain-error';

/** A question is answered with a code; a change or an end is agreed or refused. */
export const requestKinds = ['QUESTION', 'CHANGE', 'END'] as const;
export type RequestKind = (typeof requestKinds)[number];
export const sides = ['PROVIDER', 'CENTRE'] as const;
export type Side = (typeof sides)[number];
export type RequestOutcome = 'ANSWERED' | 'AGREED' | 'REFUSED';
/** OVERTAKEN: the order came to its end, or went to another, before anybody answered. */
export type RequestState = 'OPEN' | RequestOutcome | 'OVERTAKEN';

/** What is asked about, and why. Codes alone, and none that tells of somebody's health. */
export const questionCodes = [
  'PREFERRED_HOURS',
  'WAY_IN',
  'WHOM_TO_CALL',
  'LANGUAGE',
  'EQUIPMENT_ON_SITE',
  'SCOPE_OF_WORK',
  'CALL_ME',
] as const;
export const changeReasons = ['STAFF', 'HOURS', 'PERSON_ASKS', 'LESS_NEEDED', 'PLACE', 'OTHER'] as const;
export const endReasons = ['NO_STAFF', 'UNREACHABLE', 'PERSON_ASKS', 'OUT_OF_AREA', 'COOPERATION', 'OTHER'] as const;
/** What a question is answered with. What a code cannot say is in the referral packet, or is said on the telephone. */
export const answerCodes = ['YES', 'NO', 'SEE_PACKET', 'YOU_CHOOSE', 'ASK_THE_PERSON', 'NOT_KNOWN', 'WE_CALL'] as const;
export const refusalReasons = ['NEEDED_AS_IS', 'AGAINST_PLAN', 'NO_CAPACITY', 'NO_STAFF', 'OTHER'] as const;
export const scheduleCodes = ['MORNINGS', 'AFTERNOONS', 'EVENINGS', 'NIGHTS', 'WEEKENDS', 'BY_ARRANGEMENT'] as const;

/** What a change would be; what is left out stays as it is. */
export interface ChangedTerms {
  readonly from?: Day;
  readonly to?: Day;
  readonly quantity?: number;
  readonly scheduleCode?: string;
  readonly placeId?: string;
}

/** What a provider and the centre ask of each other about an order. Both keep the same list. */
export interface OrderRequest {
  readonly id: string;
  readonly kind: RequestKind;
  readonly raisedBy: Side;
  readonly raisedOn: Day;
  readonly code: string;
  readonly terms?: ChangedTerms;
  readonly state: RequestState;
  readonly answerCode?: string;
  readonly answeredOn?: Day;
}
export type NewRequest = Omit<OrderRequest, 'state'>;

export interface RequestAnswer {
  readonly outcome: RequestOutcome;
  readonly answerCode?: string;
  readonly answeredOn: Day;
}

export class RequestOpen extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'request-open';
  constructor() {
    super('You have asked this already, and it has not been answered. Wait for the answer.');
  }
}

export class OwnRequest extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'own-request';
  constructor() {
    super('You have asked this yourself. The other side answers it.');
  }
}

export class WrongAnswer extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'wrong-answer';
  constructor() {
    super('A question is answered with a code; a change or an end is agreed or refused.');
  }
}

export class NothingAsked extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'nothing-asked';
  constructor() {
    super('Say what is to change: the period, the quantity, the schedule or the place.');
  }
}

export class BeyondTheGrant extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'beyond-the-grant';
  override readonly basis = 'art. 39(2), 41';
  constructor({ from, to, quantity, delivered }: Bounds) {
    super(
      `Ordered are ${quantity} units from ${from} to ${to}, of which ${delivered} are delivered. More needs an update of the plan.`,
    );
  }
}

export interface Bounds {
  readonly from: Day;
  readonly to: Day;
  readonly quantity: number;
  readonly delivered: number;
}

/** A change stays within what was granted, and does not take back what was delivered. */
export function isWithin(bounds: Bounds, terms: ChangedTerms): boolean {
  const { from, to, quantity } = { ...bounds, ...terms };
  const isPart = from >= bounds.from && from <= to && to <= bounds.to;
  return isPart && quantity <= bounds.quantity && quantity >= Math.max(1, Math.min(bounds.delivered, bounds.quantity));
}

export function assertWithin(bounds: Bounds, terms: ChangedTerms = {}): void {
  if (!isWithin(bounds, terms)) throw new BeyondTheGrant(bounds);
}

type Requests = readonly OrderRequest[];

const isOpen = ({ state }: OrderRequest): boolean => state === 'OPEN';
export const isOpenIn = (requests: Requests, requestId: string): boolean =>
  requests.some((request) => request.id === requestId && isOpen(request));

/** Each side has one open request of a kind at a time. */
export function assertMayAsk(requests: Requests, { kind, raisedBy, terms }: NewRequest): void {
  if (kind === 'CHANGE' && Object.keys(terms ?? {}).length === 0) throw new NothingAsked();
  if (requests.some((other) => isOpen(other) && other.kind === kind && other.raisedBy === raisedBy))
    throw new RequestOpen();
}

/** The same list when it is known already: what one side raised comes back from the other. */
export const withRequest = (requests: Requests, request: NewRequest): Requests =>
  requests.some(({ id: known }) => known === request.id) ? requests : [...requests, { ...request, state: 'OPEN' }];

/** What that side may answer, and with this. */
export function answerable(requests: Requests, requestId: string, by: Side, { outcome }: RequestAnswer): OrderRequest {
  const request = requests.find(({ id: known }) => known === requestId);
  if (!request) throw new NotFound('request');
  if (!isOpen(request)) throw new NotInState('request', 'answered', request.state);
  if (request.raisedBy === by) throw new OwnRequest();
  if ((request.kind === 'QUESTION') !== (outcome === 'ANSWERED')) throw new WrongAnswer();
  return request;
}

export const withAnswer = (requests: Requests, requestId: string, { outcome, ...answer }: RequestAnswer): Requests =>
  requests.map((request) =>
    request.id === requestId && isOpen(request) ? { ...request, ...answer, state: outcome } : request,
  );

export const overtaken = (requests: Requests): Requests =>
  requests.map((request) => (isOpen(request) ? { ...request, state: 'OVERTAKEN' } : request));

/** The open request that waits longest; those that this side has to answer come first. */
export function pressingFor(side: Side, requests: Requests): OrderRequest | undefined {
  const open = requests.filter(isOpen);
  return open.find(({ raisedBy }) => raisedBy !== side) ?? open[0];
}
