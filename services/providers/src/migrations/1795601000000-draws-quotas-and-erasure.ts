import type { MigrationInterface, QueryRunner } from 'typeorm';

const statements = [
  // A permit of before covers what was ordered.
  `alter table excess_permit add column covers jsonb not null default '["QUANTITY"]'`,
  `alter table delivery add column beyond_quota int not null default 0 check (beyond_quota >= 0)`,
  // The last day of the verification of whose end the provider was warned.
  `alter table provider add column warned_until date`,
  `alter table performer add column erased_on date check (erased_on > left_on)`,
  `create index performer_to_erase on performer (left_on, id) where left_on is not null and erased_on is null`,
  // What an agreement costs beside its orders: the flat sum of each month, in proportion to its days in the agreement, and what was spent under
  // a grant. The first is due from the beginning and settled month by month, the second comes with its settlement.
  `create view agreement_sum (agreement_id, offer_id, day, grosze, settled) as
     select a.id, p.offer_id, s.last_day, (2 * p.price_grosze * (s.last_day - s.first_day + 1) + s.days) / (2 * s.days),
       coalesce(s.last_day <= a.settled_until, false)
     from agreement a join agreement_price p on p.agreement_id = a.id and p.unit = 'FLAT_SUM'
     cross join lateral generate_series(date_trunc('month', a.first_day::timestamp), a.last_day::timestamp, interval '1 month') m (month)
     cross join lateral (select greatest(m.month::date, p.first_day, a.first_day) as first_day,
       least((m.month + interval '1 month')::date - 1, p.last_day, a.last_day) as last_day,
       (m.month + interval '1 month')::date - m.month::date as days) s
     where s.first_day <= s.last_day
     union all
     select t.agreement_id, c."offerId", c."issuedOn", c.grosze, true
     from settlement t cross join lateral jsonb_to_recordset(t.costs) as c ("offerId" uuid, "issuedOn" date, grosze bigint)
     where t.state not in ('DRAFT', 'RETURNED')`,
  `create view agreement_use (agreement_id, ordered_grosze, delivered_grosze, invoiced_grosze, approved_grosze, paid_grosze) as
     select a.id, w.ordered + b.agreed, w.delivered + b.settled, s.invoiced, s.approved, s.paid
     from agreement a
     cross join lateral (select coalesce(sum(ordered_grosze), 0) as ordered, coalesce(sum(delivered_grosze), 0) as delivered
       from agreement_draw where agreement_id = a.id) w
     cross join lateral (select coalesce(sum(grosze), 0) as agreed, coalesce(sum(grosze) filter (where settled), 0) as settled
       from agreement_sum where agreement_id = a.id) b
     cross join lateral (select coalesce(sum(m.grosze) filter (where m.state not in ('DRAFT', 'RETURNED')), 0) as invoiced,
         coalesce(sum(m.grosze) filter (where m.state in ('APPROVED', 'PAID')), 0) as approved,
         coalesce(sum(m.grosze) filter (where m.state = 'PAID'), 0) as paid
       from (select state, (totals->'grosze')::bigint as grosze from settlement where agreement_id = a.id) m) s`,
];

/** Flat sums and grants draw on ceilings, permits reach beyond quotas, ends of verifications are warned of, and performers can be erased. */
export class DrawsQuotasAndErasure1795601000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const sql of statements) await runner.query(sql);
  }

  async down(): Promise<void> {
    throw new Error('What was permitted beyond quotas, warned of and erased has no place before this migration.');
  }
}
