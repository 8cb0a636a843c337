import { heldIn } from '@okienko/privacy/held';

const own = 't.id = any ($1::uuid[])';
const ofOrders = 't.order_id in (select o.id from service_order o where o.allocation_id = any ($1::uuid[]))';
const allocated = 't.allocation_id = any ($1::uuid[])';

/** About somebody who performs services, acts for a provider or has complained: by their id. */
export const heldByPerson = [
  heldIn('performer', own),
  heldIn('performer_proof', '(t.performer_id = any ($1::uuid[]) or t.allocation_id = any ($1::uuid[]))'),
  heldIn('provider_staff', own),
  heldIn('complaint', '(t.id = any ($1::uuid[]) or t.person_id = any ($1::uuid[]))'),
];

/** About somebody who receives services: by the ids of their allocations, for this service does not know whose they are. */
export const heldByAllocation = [
  heldIn('service_order', allocated),
  heldIn('delivery', allocated),
  heldIn('delivery_version', 't.delivery_id in (select d.id from delivery d where d.allocation_id = any ($1::uuid[]))'),
  heldIn('visit_schedule', allocated),
  heldIn('planned_visit', ofOrders),
  heldIn('excess_permit', allocated),
  heldIn('survey', allocated),
];
