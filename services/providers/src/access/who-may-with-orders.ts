import type { Role } from '@okienko/chassis/access';
import { staff } from '../provider-account';

const everyone: readonly Role[] = [...staff, 'provider'];
const heads: readonly Role[] = ['services-organiser', 'director'];
const provider: readonly Role[] = ['provider'];
const places: readonly Role[] = [...heads, 'provider'];
const holds: readonly Role[] = ['coordinator', ...places];
const accepts: readonly Role[] = ['desk', 'coordinator', 'services-organiser', 'finance'];
const settles: readonly Role[] = ['provider', 'finance', 'services-organiser'];
const caseWork: readonly Role[] = ['coordinator', ...heads];
const figures: readonly Role[] = [...caseWork, 'auditor'];
const surveys: readonly Role[] = ['desk', 'coordinator'];

/** Routes that need no token. Their token is of one order, or of one survey, and opens nothing else. */
export const open: readonly string[] = [
  'GET /service-orders/{id}/answer',
  'POST /service-orders/{id}/answer/acceptance',
  'POST /service-orders/{id}/answer/declination',
  'GET /surveys/{id}/answer',
  'POST /surveys/{id}/answer',
  'POST /surveys/{id}/answer/refusal',
];

/** Who may call what about agreements, capacity, orders, money and surveys, written by hand; the rest is in `who-may.component.spec.ts`. */
export const whoMay: Readonly<Record<string, readonly Role[]>> = {
  // Agreements: drawn up by the organiser, signed, changed and ended by the director, settled by the finance staff.
  'POST /agreements': ['services-organiser'],
  'POST /agreements/{id}/procurement': ['services-organiser'],
  'POST /agreements/{id}/signature': ['director'],
  'POST /agreements/{id}/amendments': ['director'],
  'POST /agreements/{id}/suspension': ['director'],
  'POST /agreements/{id}/resumption': ['director'],
  'POST /agreements/{id}/end': ['director'],
  'POST /agreements/{id}/cancellation': heads,
  'POST /agreements/{id}/standards': heads,
  'POST /agreements/{id}/reports': ['services-organiser', 'finance'],
  'POST /agreements/{id}/settled': ['finance'],
  'GET /agreements': everyone,
  'GET /agreements/{id}': everyone,
  'GET /agreements/{id}/draw-down': everyone,
  'GET /agreements/{id}/forecast': everyone,
  'GET /agreements/{id}/prices': everyone,
  'GET /agreements/{id}/standards': everyone,

  // Places: the provider’s own, or kept for it by the centre; held while a plan is made.
  'POST /capacities': places,
  'POST /capacities/{id}/revision': places,
  'POST /capacities/{id}/closure': places,
  'POST /capacities/{id}/holds': holds,
  'POST /capacities/{id}/holds/{holdId}/confirmation': holds,
  'POST /capacities/{id}/holds/{holdId}/release': holds,
  'GET /capacities': everyone,
  'GET /capacities/{id}': everyone,
  'GET /capacities/{id}/availability': everyone,
  'GET /capacities/{id}/holds': everyone,
  'GET /availability': staff,

  // Orders: answered by the provider alone; the centre asks in `cases`.
  'POST /service-orders/{id}/acceptance': provider,
  'POST /service-orders/{id}/declination': provider,
  'POST /service-orders/{id}/answer-term': provider,
  'POST /service-orders/{id}/questions': provider,
  'POST /service-orders/{id}/change-request': provider,
  'POST /service-orders/{id}/end-request': provider,
  'POST /service-orders/{id}/requests/{requestId}/agreement': provider,
  'POST /service-orders/{id}/requests/{requestId}/refusal': provider,
  'POST /service-orders/{id}/answer-token': caseWork,
  'POST /service-orders/{id}/answer-token/revocation': caseWork,
  'POST /service-orders/{id}/schedule': ['provider', 'coordinator', 'services-organiser'],
  'POST /service-orders/{id}/delivery-acceptances': accepts,
  'POST /service-orders/{id}/excess-permits': ['services-organiser'],
  'GET /service-orders': everyone,
  'GET /service-orders/{id}': everyone,
  'GET /service-orders/{id}/schedule': everyone,
  'GET /service-orders/{id}/excess-permits': everyone,
  'GET /visits': everyone,

  // Deliveries: recorded by who delivers, accepted by who knows the person or the money.
  'POST /deliveries': provider,
  'POST /deliveries/batch': provider,
  'POST /deliveries/csv': provider,
  'POST /deliveries/{id}/correction': provider,
  'POST /deliveries/{id}/withdrawal': provider,

  // Everything held about somebody, for them (GDPR art. 15).
  'POST /persons/{id}/copy': ['desk', 'director'],
  'POST /deliveries/{id}/acceptance': accepts,
  'POST /deliveries/{id}/dispute': accepts,
  'POST /deliveries/{id}/acceptance-withdrawal': ['coordinator', 'services-organiser', 'finance'],
  'POST /deliveries/{id}/rejection': ['coordinator', 'services-organiser'],
  'GET /deliveries': everyone,
  'GET /deliveries/{id}': everyone,
  'GET /deliveries/{id}/versions': everyone,

  // Settlements: handed in by the provider, checked and paid by the finance staff.
  'POST /settlements': settles,
  'POST /settlements/{id}/computation': settles,
  'POST /settlements/{id}/costs': provider,
  'POST /settlements/{id}/submission': provider,
  'POST /settlements/{id}/check': ['finance'],
  'POST /settlements/{id}/approval': ['director', 'finance'],
  'POST /settlements/{id}/return': ['director', 'finance'],
  'POST /settlements/{id}/payment': ['finance'],
  'GET /settlements': everyone,
  'GET /settlements/{id}': everyone,
  'GET /settlements/{id}/lines': everyone,
  'GET /settlements/{id}/lines.csv': everyone,
  'GET /settlements/{id}/settlement.json': everyone,
  'GET /settlements/{id}/invoice-data': ['director', 'finance', 'auditor', 'provider'],
  'GET /settlements/{id}/recomputation': ['director', 'finance', 'auditor'],

  // What recipients say, and figures of it.
  'GET /surveys': [...surveys, ...heads, 'auditor'],
  'GET /surveys/{id}': [...surveys, ...heads, 'auditor'],
  'POST /surveys/{id}/answer-token': surveys,
  'POST /surveys/{id}/answers': surveys,
  'POST /surveys/{id}/declination': surveys,
  'GET /figures': figures,
  'GET /figures.csv': figures,
};
