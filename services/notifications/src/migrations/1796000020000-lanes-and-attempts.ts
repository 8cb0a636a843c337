import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A replica holds the lane to a sink instead of each dispatch in it, and what was sent and answered is kept by months. */
export class LanesAndAttempts1796000020000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const sql of steps) await runner.query(sql);
  }

  async down(): Promise<void> {
    throw new Error('What was sent and answered would be forgotten; restore the backup instead.');
  }
}

const columns = 'subscription_id, sequence, attempt, at, status, error_code, milliseconds';

const steps: readonly string[] = [
  `create table dispatch_lane (
     subscription_id uuid primary key references subscription,
     held_by uuid not null,
     held_until timestamptz not null
   ) with (fillfactor = 50)`,
  // The end of a dispatch is one update: each index that names its state costs it an entry.
  `drop index dispatch_under_way`,
  `drop index dispatch_by_state`,
  `create index dispatch_not_delivered on dispatch (subscription_id, state, sequence) where state in ('WITHHELD', 'PARKED')`,
  `alter table dispatch_attempt rename to dispatch_attempt_before`,
  `alter table dispatch_attempt_before rename constraint dispatch_attempt_pkey to dispatch_attempt_before_pkey`,
  `create table dispatch_attempt (
     subscription_id uuid not null,
     sequence int not null,
     attempt int not null,
     at timestamptz not null,
     status int,
     error_code text,
     milliseconds int not null,
     request text,
     answer_headers text,
     answer_body text,
     primary key (subscription_id, sequence, attempt, at),
     check (status is not null or error_code is not null)
   ) partition by range (at)`,
  `create table dispatch_attempt_rest partition of dispatch_attempt default`,
  // Months of UTC, whoever calls. The service's role may call it, but neither make nor drop tables itself.
  `create function dispatch_attempts_maintain(today date, keep_days int) returns void language plpgsql security definer
   set timezone = 'UTC' set lock_timeout = '2s' as $$
   declare month date; part record; first date := date_trunc('month', today);
   begin
     if not pg_try_advisory_xact_lock(hashtext('dispatch_attempts_maintain ' || current_schema())) then return; end if;
     for month in select first + make_interval(months => n) from generate_series(0, 2) n loop
       if to_regclass('dispatch_attempt_' || to_char(month, 'YYYYMM')) is null
          and not exists (select from dispatch_attempt_rest where at >= month and at < month + interval '1 month') then
         execute format('create table %I partition of dispatch_attempt for values from (%L) to (%L)',
           'dispatch_attempt_' || to_char(month, 'YYYYMM'), month, month + interval '1 month');
       end if;
     end loop;
     for part in select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
                 where i.inhparent = 'dispatch_attempt'::regclass and c.relname ~ '^dispatch_attempt_\\d{6}$'
                   and to_date(right(c.relname, 6), 'YYYYMM') + interval '1 month' <= today - keep_days loop
       execute format('drop table %I', part.relname);
     end loop;
     delete from dispatch_attempt_rest where at < today - keep_days;
   end $$`,
  // Temporary tables come last: whoever calls could otherwise put one in a table's place.
  `do $$ begin execute format('alter function dispatch_attempts_maintain(date, int) set search_path = %I, pg_temp', current_schema()); end $$`,
  `select dispatch_attempts_maintain(current_date, 100000)`,
  `insert into dispatch_attempt (${columns}) select ${columns} from dispatch_attempt_before`,
  `drop table dispatch_attempt_before`,
];
