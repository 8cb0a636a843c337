import type { Day } from './calendar';
import { type ChangedTerms, type NewRequest, requestKinds, type RequestKind, type Side, sides } from './order-request';
import { code, count, date, id } from './properties';

const side = { type: 'string', enum: sides, 'x-data-class': 'code' } as const;

/** What events tell of changed terms. */
export const termsProperties = { from: date, to: date, quantity: count, scheduleCode: code, placeId: id } as const;

/** What both sides tell of a request that was raised. */
export const raisedProperties = {
  requestId: id,
  kind: { type: 'string', enum: requestKinds, 'x-data-class': 'code' },
  raisedBy: side,
  raisedOn: date,
  /** What is asked, or why. */
  code,
  ...termsProperties,
} as const;

/** What both sides tell of its answer. */
export const answeredProperties = {
  requestId: id,
  outcome: { type: 'string', enum: ['ANSWERED', 'AGREED', 'REFUSED'], 'x-data-class': 'code' },
  answeredBy: side,
  answeredOn: date,
  answerCode: code,
} as const;

/** The request as an event tells it. */
export function raisedFacts({ id: requestId, kind, raisedBy, raisedOn, code: asked, terms }: NewRequest) {
  return { requestId, kind, raisedBy, raisedOn, code: asked, ...terms };
}

interface Raised extends ChangedTerms {
  readonly requestId: string;
  readonly kind: RequestKind;
  readonly raisedBy: Side;
  readonly raisedOn: Day;
  readonly code: string;
}

/** The request that an event tells of. */
export function requestFrom({ requestId, kind, raisedBy, raisedOn, code: asked, ...told }: Raised): NewRequest {
  const { from, to, quantity, scheduleCode, placeId } = told;
  const given = Object.entries({ from, to, quantity, scheduleCode, placeId }).filter(
    ([, value]) => value !== undefined,
  );
  const terms = given.length > 0 ? { terms: Object.fromEntries(given) as ChangedTerms } : {};
  return { id: requestId, kind, raisedBy, raisedOn, code: asked, ...terms };
}
