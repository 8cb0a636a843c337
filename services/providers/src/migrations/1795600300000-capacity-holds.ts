import type { MigrationInterface, QueryRunner } from 'typeorm';

const statements = [
  `alter table capacity
     add column heads int check (heads >= 1),
     add column place_id uuid,
     add column coordinates jsonb,
     add column hours jsonb not null default '[]',
     add column exceptions jsonb not null default '[]',
     add column quotas jsonb not null default '[]',
     add column closed_on date,
     add column close_reason text,
     add constraint closed_with_reason check ((closed_on is null) = (close_reason is null))`,
  // What the version before inserts takes its place for all days, confirmed.
  `alter table capacity_reservation
     drop constraint capacity_reservation_pkey,
     alter column order_id drop not null,
     add column id uuid primary key default gen_random_uuid(),
     add column holder uuid,
     add column first_day date not null default '-infinity',
     add column last_day date not null default 'infinity' check (last_day >= first_day),
     add column quantity int check (quantity >= 1),
     add column unit text,
     add column expires_at timestamptz,
     add constraint one_place_of_order unique (order_id),
     add constraint somebodys_place check (order_id is not null or holder is not null),
     add constraint order_never_expires check (order_id is null or expires_at is null)`,
  `update capacity_reservation r
   set holder = o.allocation_id, first_day = o.first_day, last_day = o.last_day, quantity = o.quantity, unit = o.unit
   from service_order o where o.id = r.order_id`,
  'create index capacity_reservation_of_days on capacity_reservation (capacity_id, first_day, last_day)',
  'create index capacity_reservation_of_holder on capacity_reservation (holder)',
  'create index capacity_reservation_expiring on capacity_reservation (expires_at, capacity_id) where expires_at is not null',
  // Whoever was ever served or holds a place counts once, however often a place is theirs.
  `create table capacity_head (
     capacity_id uuid not null references capacity,
     holder uuid not null,
     primary key (capacity_id, holder)
   )`,
  `insert into capacity_head
   select distinct c.id, o.allocation_id from service_order o
   join capacity c on c.provider_id = o.provider_id and c.offer_id = o.offer_id
     and c.first_day <= o.first_day and c.last_day >= o.last_day
   where exists (select from delivery d where d.order_id = o.id)
      or exists (select from capacity_reservation r where r.order_id = o.id)`,
  `create function taken_at_most(of_capacity uuid, from_day date, to_day date) returns int language sql stable as $$
     select coalesce(max(level), 0)::int from (
       select sum(step) over (order by day) as level from (
         select greatest(first_day, from_day) as day, 1 as step from capacity_reservation
         where capacity_id = of_capacity and first_day <= to_day and last_day >= from_day
         union all
         select last_day + 1, -1 from capacity_reservation
         where capacity_id = of_capacity and first_day <= to_day and last_day >= from_day
       ) steps
     ) levels $$`,
];

/** Places are held for days and for a time; persons are counted beside places; capacities change and close. */
export class CapacityHolds1795600300000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const sql of statements) await runner.query(sql);
  }

  async down(): Promise<void> {
    throw new Error('Places that are held without an order have no row before this migration.');
  }
}
