/** Days that a replay reaches back: ten years, unless the caller of `outbox_maintain` says otherwise. */
const archiveDays = 3_660;

/** For databases that were made before: `lineage.ts`. */
export const lineageColumn = 'alter table outbox_relay add column if not exists lineage text';

/**
 * The tables of the backbone, one set in each service's schema. The service's first migration runs these statements in order.
 * The outbox is cut into days, so that old ones go whole, into the archive and
 * out of it; `outbox_maintain` may be called by the service's role, which
 * has no right to create or drop tables itself.
 */
export const messagingTables = (): string[] => [
  `create sequence outbox_seq_seq`,
  // The relay gives up a missing number once no transaction that could own it is running, which holds only if a transaction has its id
  // before it draws the number. The insert's own id would come after.
  `create table outbox (
     seq bigint not null default nextval(case when pg_current_xact_id() is not null then 'outbox_seq_seq'::regclass end),
     id uuid not null,
     created_at timestamptz not null default now(),
     aggregate_type text not null,
     aggregate_id uuid not null,
     sequence int not null check (sequence > 0),
     subject text not null,
     event text not null,
     primary key (seq, created_at)
   ) partition by range (created_at)`,
  `alter sequence outbox_seq_seq owned by outbox.seq`,
  `create table outbox_rest partition of outbox default`,
  // A day has its own, unique (outbox_maintain).
  `create index outbox_rest_by_aggregate on outbox_rest (aggregate_type, aggregate_id, sequence)`,
  // Days that are over, for replays: kept apart, so that the relay has few tables to look into.
  `create table outbox_archive (
     seq bigint not null,
     id uuid not null,
     created_at timestamptz not null default now(),
     aggregate_type text not null,
     aggregate_id uuid not null,
     sequence int not null constraint outbox_sequence_check check (sequence > 0),
     subject text not null,
     event text not null,
     primary key (seq, created_at)
   ) partition by range (created_at)`,
  `create table outbox_archive_rest partition of outbox_archive default`,
  `create view outbox_history as select * from outbox_archive union all select * from outbox`,
  // Days are days of UTC, whoever calls: bounds in the caller's zone would overlap those that another one made. A writer that holds
  // the table for long makes this call fail, and not all other writers wait behind it.
  `create function outbox_maintain(keep_days int, archive_days int default ${archiveDays}) returns void language plpgsql security definer
   set timezone = 'UTC' set lock_timeout = '2s' as $$
   declare day date; part record; last bigint;
   begin
     if not pg_try_advisory_xact_lock(hashtext('outbox_maintain ' || current_schema())) then return; end if;
     for day in select generate_series(current_date, current_date + 3, interval '1 day')::date loop
       if to_regclass('outbox_' || to_char(day, 'YYYYMMDD')) is null
          and not exists (select 1 from outbox_rest where created_at >= day and created_at < day + 1) then
         execute format('create table %I partition of outbox for values from (%L) to (%L)', 'outbox_' || to_char(day, 'YYYYMMDD'), day, day + 1);
         execute format('create unique index on %I (aggregate_type, aggregate_id, sequence)', 'outbox_' || to_char(day, 'YYYYMMDD'));
       end if;
     end loop;
     for part in select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
                 where i.inhparent = 'outbox'::regclass and c.relname ~ '^outbox_\\d{8}$'
                   and to_date(right(c.relname, 8), 'YYYYMMDD') < current_date - keep_days loop
       -- Never a day that has not been published to its end. The day is asked by its name: asked of the whole, every row would be read.
       execute format('select max(seq) from %I', part.relname) into last;
       if last is null then
         execute format('drop table %I', part.relname);
       elsif last <= (select low from outbox_relay) then
         day := to_date(right(part.relname, 8), 'YYYYMMDD');
         execute format('alter table outbox detach partition %I', part.relname);
         execute format('alter table %I rename to %I', part.relname, 'outbox_archive_' || to_char(day, 'YYYYMMDD'));
         execute format('alter table outbox_archive attach partition %I for values from (%L) to (%L)', 'outbox_archive_' || to_char(day, 'YYYYMMDD'), day, day + 1);
       end if;
     end loop;
     with old as (delete from outbox_rest where created_at < current_date - keep_days and seq <= (select low from outbox_relay) returning *)
     insert into outbox_archive_rest select * from old;
     for part in select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
                 where i.inhparent = 'outbox_archive'::regclass and c.relname ~ '^outbox_archive_\\d{8}$'
                   and to_date(right(c.relname, 8), 'YYYYMMDD') < current_date - archive_days loop
       execute format('drop table %I', part.relname);
     end loop;
     delete from outbox_archive_rest where created_at < current_date - archive_days;
   end $$`,
  // Temporary tables come last: whoever calls could otherwise put one in a table's place.
  `do $$ begin execute format('alter function outbox_maintain(int, int) set search_path = %I, pg_temp', current_schema()); end $$`,
  `create table outbox_relay (one boolean primary key default true check (one), low bigint not null default 0, lineage text)`,
  `insert into outbox_relay default values`,
  `create table outbox_stream (stream text not null, last_sequence bigint not null, low bigint not null, at timestamptz not null default now(),
     primary key (stream, last_sequence))`,
  `create table outbox_parked (seq bigint primary key, id uuid not null, aggregate_type text not null, aggregate_id uuid not null,
     reason text not null, parked_at timestamptz not null default now())`,
  `create index outbox_parked_by_aggregate on outbox_parked (aggregate_type, aggregate_id)`,
  `create table inbox (consumer text not null, event_id uuid not null, received_at timestamptz not null default now(), primary key (consumer, event_id))`,
  `create index inbox_by_age on inbox using brin (received_at)`,
  `create table inbox_position (consumer text not null, aggregate_type text not null, aggregate_id uuid not null, sequence int not null,
     parked boolean not null default false, primary key (consumer, aggregate_type, aggregate_id))`,
  // Aggregates come in a fixed order, so that two replicas cannot wait for each other.
  `create function inbox_take(consumer text, events uuid[], types text[], aggregates uuid[], firsts int[], lasts int[]) returns void language plpgsql as $$
   #variable_conflict use_column
   declare taken int;
   begin
     insert into inbox (consumer, event_id) select $1, e from unnest($2) as e order by e on conflict do nothing;
     get diagnostics taken = row_count;
     if taken < cardinality($2) then raise 'An event was handled before.' using errcode = 'OKI01'; end if;
     for i in 1 .. cardinality($3) loop
       if $5[i] = 1 then
         insert into inbox_position (consumer, aggregate_type, aggregate_id, sequence) values ($1, $3[i], $4[i], $6[i]) on conflict do nothing;
       else
         update inbox_position set sequence = $6[i]
         where consumer = $1 and aggregate_type = $3[i] and aggregate_id = $4[i] and sequence = $5[i] - 1 and not parked;
       end if;
       if not found then raise 'An event is not the next of its aggregate.' using errcode = 'OKI01'; end if;
     end loop;
   end $$`,
  `create table inbox_attempt (consumer text not null, event_id uuid not null, attempts int not null, waits int not null default 0, last_error text not null,
     at timestamptz not null default now(), primary key (consumer, event_id))`,
  `create table dead_letter (
     id uuid primary key,
     consumer text not null,
     event_id uuid,
     event_name text,
     aggregate_type text,
     aggregate_id uuid,
     sequence int,
     body text not null,
     reason text not null check (reason in ('UNREADABLE', 'UNROUTABLE', 'INVALID', 'REFUSED', 'EXHAUSTED', 'GAP', 'BEHIND_PARKED')),
     error text not null,
     attempts int not null,
     status text not null default 'PARKED' check (status in ('PARKED', 'RETRIED', 'DISCARDED')),
     created_at timestamptz not null default now(),
     resolved_at timestamptz,
     resolved_by text,
     resolution text
   )`,
  `create index dead_letter_parked on dead_letter (consumer, aggregate_type, aggregate_id, sequence) where status = 'PARKED'`,
  `create table idempotency_key (client text not null, key text not null, fingerprint text not null, result text not null,
     created_at timestamptz not null default now(), primary key (client, key))`,
  `create index idempotency_key_by_age on idempotency_key using brin (created_at)`,
  `select outbox_maintain(30)`,
];
