import type { Role } from '@okienko/chassis/access';

const hands: readonly Role[] = ['desk', 'coordinator', 'services-organiser'];
const readers: readonly Role[] = [...hands, 'director', 'auditor'];
const heads: readonly Role[] = ['services-organiser', 'director'];
const rules: readonly Role[] = ['coordinator', ...heads, 'auditor', 'operator'];
const inbox: readonly Role[] = [...readers, 'community-organiser', 'finance', 'provider'];
const partner: readonly Role[] = ['partner'];
const partnerOrOperator: readonly Role[] = ['partner', 'operator'];

/** Routes that need no token. A link of a mail and the report of a gateway are signed; their signatures stand for tokens. */
export const open: readonly string[] = ['GET /unsubscribe', 'POST /unsubscribe', 'POST /sms-reports'];

/** Who may call what, written by hand: it is compared with the service, never made from it. */
export const whoMay: Readonly<Record<string, readonly Role[]>> = {
  // Messages and what is known of them; their addresses are for those who have them in hand.
  'GET /messages': readers,
  'GET /messages/{id}': readers,
  'GET /messages/{id}/proof': readers,
  'GET /messages/{id}/proof/content': readers,
  'GET /recipients/{personId}': [...hands, 'director'],
  'GET /persons/{id}/copy': ['desk', 'director'],
  'GET /persons/{id}/consents': readers,
  'POST /persons/{id}/consents': hands,
  'POST /consents/{id}/end': hands,

  // Passing messages on by hand.
  'GET /tasks': readers,
  'POST /tasks/{id}/completion': hands,
  'GET /hand-jobs': readers,
  'GET /hand-jobs/{id}': hands,
  'GET /hand-jobs/{id}/content': hands,
  'POST /hand-jobs/{id}/taking': hands,
  'POST /hand-jobs/{id}/dispatch': hands,
  'POST /hand-jobs/{id}/collection': hands,
  'POST /hand-jobs/{id}/first-notice': hands,
  'POST /hand-jobs/{id}/receipt': hands,
  'POST /hand-jobs/{id}/return': hands,
  'POST /print-runs': hands,
  'GET /print-runs/{id}': readers,
  'GET /print-runs/{id}/content': hands,
  'POST /print-runs/{id}/confirmation': hands,

  // What staff and providers are told.
  'GET /inbox': inbox,
  'GET /inbox/counts': inbox,
  'GET /inbox/stream': inbox,
  'POST /inbox/{id}/reading': inbox,
  'POST /inbox/{id}/acknowledgement': inbox,

  // What is told to whom and in which words: decided by those who answer for the services.
  'GET /message-rules': rules,
  'GET /message-rules/{code}': rules,
  'POST /message-rules': heads,
  'POST /message-rules/trial': heads,
  'POST /message-rules/{code}/editions': heads,
  'POST /message-rules/{code}/switching-off': heads,
  'GET /message-templates': readers,
  'GET /message-templates/{code}': readers,
  'GET /message-templates/{code}/editions': readers,
  'POST /message-templates/{code}/preview': readers,
  'POST /message-templates': heads,
  'POST /message-templates/{code}/editions': heads,
  'POST /message-templates/{code}/restoration': heads,

  // Partner systems: a grant is the director’s, or the operator’s at their word; a subscription is the partner’s own.
  'GET /operations/backlogs': ['operator'],
  'GET /operations/events/{id}/dispatches': ['operator'],
  'POST /grants': ['director', 'operator'],
  'POST /grants/{id}/revocation': ['director', 'operator'],
  'GET /grants': ['director', 'operator', 'auditor'],
  'POST /subscription-trials': partner,
  'POST /subscriptions': partner,
  'GET /subscriptions': [...partnerOrOperator, 'director'],
  'GET /subscriptions/{id}': [...partnerOrOperator, 'director'],
  'DELETE /subscriptions/{id}': partnerOrOperator,
  'GET /subscriptions/{id}/events': partner,
  'POST /subscriptions/{id}/acknowledgement': partner,
  'POST /subscriptions/{id}/secret-rotation': partner,
  'GET /subscriptions/{id}/public-key': partnerOrOperator,
  'GET /subscriptions/{id}/digest': partnerOrOperator,
  'GET /subscriptions/{id}/digests': partnerOrOperator,
  'GET /subscriptions/{id}/dispatches': partnerOrOperator,
  'GET /subscriptions/{id}/dispatches/{eventId}': partnerOrOperator,
  'POST /subscriptions/{id}/dispatches/{eventId}/parking': partnerOrOperator,
  'GET /subscriptions/{id}/evidence': partnerOrOperator,
  'GET /evidence-key': [...partnerOrOperator, 'director', 'auditor'],
  'POST /subscriptions/{id}/sink': partner,
  'POST /subscriptions/{id}/authentication': partner,
  'POST /subscriptions/{id}/filters': partner,
  'POST /subscriptions/{id}/signature': partner,
  'POST /subscriptions/{id}/alert-email': partner,
  'POST /subscriptions/{id}/approval': ['director', 'operator'],
  'POST /subscriptions/{id}/refusal': ['director', 'operator'],
  'GET /subscriptions/{id}/explanation': partnerOrOperator,
  'POST /subscriptions/{id}/pause': partnerOrOperator,
  'POST /subscriptions/{id}/resumption': partnerOrOperator,
  'POST /subscriptions/{id}/redelivery': partnerOrOperator,
  'POST /subscriptions/{id}/test-event': partnerOrOperator,
  'POST /subscriptions/{id}/nats-feed': partner,
  'GET /subscriptions/{id}/nats-feed': partnerOrOperator,
  'DELETE /subscriptions/{id}/nats-feed': partnerOrOperator,

  // The mail server and the gateways: machines, and whoever runs them.
  'POST /bounces': ['operator'],
  'GET /gateways': ['operator', 'director', 'auditor'],
};
