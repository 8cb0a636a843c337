/** A rule over all four schemas at once, which only the checker may read together; each row it gives is a broken promise. */
export interface Rule {
  readonly name: string;
  readonly kind: 'lost' | 'twice' | 'unaccounted';
  readonly sql: string;
}

const data = (alias: string): string => `(${alias}.event::jsonb -> 'data')`;

export const rules: readonly Rule[] = [
  {
    name: 'free and reserved places are all places',
    kind: 'unaccounted',
    sql: `select c.id from providers.capacity c
          where c.free + (select count(*) from providers.capacity_reservation r where r.capacity_id = c.id) <> c.places`,
  },
  {
    name: 'an order in work holds a place, and no other does',
    kind: 'unaccounted',
    sql: `select o.id from providers.service_order o left join providers.capacity_reservation r on r.order_id = o.id
          where (o.state in ('ACCEPTED', 'IN_DELIVERY')) <> (r.order_id is not null)`,
  },
  {
    name: 'what is counted as taken is held, within the limit',
    kind: 'unaccounted',
    sql: `select s.service_code from cases.programme_service s
          where s.taken > s.expected_persons or s.taken <> (select count(*) from cases.service_place p
            where p.programme_id = s.programme_id and p.service_code = s.service_code and p.released_at is null)`,
  },
  {
    name: 'each referral became one order',
    kind: 'lost',
    sql: `select e.id from cases.outbox e left join providers.service_order o
            on o.allocation_id = e.aggregate_id and o.attempt = (${data('e')} ->> 'attempt')::int
          where e.subject = 'cases.allocation.referred.v1' and o.id is null`,
  },
  {
    name: 'an order comes from a referral',
    kind: 'unaccounted',
    sql: `select o.id from providers.service_order o where not exists (select from cases.outbox e
            where e.subject = 'cases.allocation.referred.v1' and e.aggregate_id = o.allocation_id
              and (${data('e')} ->> 'attempt')::int = o.attempt)`,
  },
  {
    name: 'an answer of a provider reached its allocation',
    kind: 'lost',
    sql: `select o.id from providers.service_order o join cases.allocation a on a.id = o.allocation_id and a.attempt = o.attempt
          where o.state <> 'RECEIVED' and a.state = 'REFERRED'`,
  },
  {
    name: 'every accepted unit is counted once',
    kind: 'twice',
    sql: `select a.id from cases.allocation a left join lateral (select coalesce(sum(d.quantity), 0) as quantity
            from providers.delivery d where d.order_id = a.order_id and d.state = 'ACCEPTED') d on true
          where a.delivered_total <> d.quantity`,
  },
  {
    name: 'a completed allocation has a completed order',
    kind: 'lost',
    sql: `select a.id from cases.allocation a left join providers.service_order o on o.id = a.order_id
          where (a.state = 'COMPLETED') <> (coalesce(o.state, '') = 'COMPLETED') and (a.order_id is not null)`,
  },
  {
    name: 'the copy of capacities in cases is exact',
    kind: 'lost',
    sql: `select c.id from providers.capacity c left join cases.capacity k on k.id = c.id
          where k.id is null or (k.places, k.free) <> (c.places, c.free)`,
  },
  {
    name: 'the copy of capacities in catalogue is exact',
    kind: 'lost',
    sql: `select c.id from providers.capacity c left join catalogue.capacity_copy k on k.capacity_id = c.id
          where k.capacity_id is null or (k.places, k.free, k.sequence) <> (c.places, c.free, c.version)`,
  },
  {
    name: 'the copies of offers are exact',
    kind: 'lost',
    sql: `select o.id from catalogue.service_offer o left join cases.offer c on c.id = o.id left join providers.service_offer p on p.id = o.id
          where o.state = 'PUBLISHED' and not (coalesce(c.published, false) and coalesce(p.published, false))`,
  },
  {
    name: 'one cause has one effect of a kind on an aggregate',
    kind: 'twice',
    sql: `select e.event::jsonb ->> 'causationid' as id from (
            select subject, aggregate_id, event from catalogue.outbox union all select subject, aggregate_id, event from cases.outbox
            union all select subject, aggregate_id, event from providers.outbox union all select subject, aggregate_id, event from notifications.outbox) e
          where e.event::jsonb ? 'causationid' group by 1, e.subject, e.aggregate_id having count(*) > 1`,
  },
  {
    name: 'a message and a task for one cause exist once',
    kind: 'twice',
    sql: `select cause_id from notifications.message group by cause_id, person_id, template having count(*) > 1`,
  },
];
