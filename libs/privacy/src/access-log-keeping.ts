import { createHash } from 'node:crypto';
import type { AnchoredChain } from './access-log-verification';
import type { Sql } from './sql';

/** Rows of each chain that are removed in one transaction, so that nobody who writes waits for long. */
const mostRemoved = 5_000;

/**
 * What a log needs to be anchored and to get shorter, for a service's migration, run by the role that owns the schema. How long rows are
 * kept is data that the service cannot change, and not less than two years (KRI § 20). It removes rows only by `access_log_shorten`,
 * from the beginning of a chain on, and what was removed is told by `access_log_start` and by the next anchor.
 */
export const accessLogKeeping = (): string[] => [
  `create table access_log_term (
     valid_from date primary key,
     kept_months int not null check (kept_months >= 24),
     anchor_minutes int not null check (anchor_minutes between 1 and 1440),
     basis text not null
   )`,
  `insert into access_log_term values ('2020-01-01', 24, 60, 'KRI § 20')`,
  `create table access_log_anchoring (
     id uuid primary key,
     version int not null,
     anchored_at timestamptz not null,
     digest text not null
   )`,
  `insert into access_log_anchoring values (gen_random_uuid(), 0, now(), '')`,
  `create table access_log_start (chain smallint primary key, position bigint not null, hash bytea not null, removed_at timestamptz not null default now())`,
  `create index access_log_by_time on access_log using brin (at)`,
  // Only the one statement of the function below passes, whatever the rights of whoever else tries.
  `create function refuse_change_of_access() returns trigger language plpgsql as $$
   begin
     if tg_op = 'DELETE' and current_setting('okienko.shortening', true) = 'on'
        and pg_has_role(current_user, (select relowner from pg_class where oid = tg_relid), 'usage') then return null; end if;
     raise exception 'access_log is append-only';
   end $$`,
  `do $$ declare found record; begin
     for found in select tgname from pg_trigger where tgrelid = 'access_log'::regclass and not tgisinternal loop
       execute format('drop trigger %I on access_log', found.tgname);
     end loop;
   end $$`,
  `create trigger access_log_append_only before update or delete or truncate on access_log
   for each statement execute function refuse_change_of_access()`,
  `create function access_log_shorten() returns int language plpgsql security definer set lock_timeout = '2s' as $$
   declare
     until timestamptz := now() - make_interval(months => (select kept_months from access_log_term where valid_from <= current_date order by valid_from desc limit 1));
     part record; removed int := 0;
   begin
     if until is null or not pg_try_advisory_xact_lock(hashtext('access_log_shorten ' || current_schema())) then return 0; end if;
     perform set_config('okienko.shortening', 'on', true);
     for part in
       with oldest as (
         select head.chain, log.position, log.hash, bool_and(log.at < until) over (partition by head.chain order by log.position) as is_over
         from access_log_head head cross join lateral (
           select position, hash, at from access_log log where log.chain = head.chain order by position limit ${mostRemoved}) log
         -- The last row stays, so that the head stands on something.
         where log.position < head.position)
       select distinct on (chain) chain, position, hash from oldest where is_over order by chain, position desc
     loop
       delete from access_log where chain = part.chain and position <= part.position;
       insert into access_log_start (chain, position, hash) values (part.chain, part.position, part.hash)
       on conflict (chain) do update set position = excluded.position, hash = excluded.hash, removed_at = now();
       removed := removed + 1;
     end loop;
     perform set_config('okienko.shortening', 'off', true);
     return removed;
   end $$`,
  `do $$ declare whose record; begin
     execute format('alter function access_log_shorten() set search_path = %I, pg_temp', current_schema());
     -- The service's role reads what it must not change, by whatever name.
     for whose in select distinct grantee, table_name from information_schema.role_table_grants
                  where table_schema = current_schema() and table_name in ('access_log', 'access_log_term', 'access_log_start') and grantee <> current_user loop
       execute format('revoke update, delete, truncate on %I from %I', whose.table_name, whose.grantee);
       if whose.table_name <> 'access_log' then execute format('revoke insert on %I from %I', whose.table_name, whose.grantee); end if;
     end loop;
   end $$`,
];

/** For the way back, while it is unreleased. */
export const accessLogKeepingUndone = (): string[] => [
  'drop table access_log_term, access_log_anchoring, access_log_start cascade',
  'drop function access_log_shorten()',
  'drop function refuse_change_of_access() cascade',
  'drop index access_log_by_time',
  `create trigger access_log_append_only before update or delete or truncate on access_log
   for each statement execute function refuse_change()`,
];

export interface LogState {
  readonly id: string;
  /** Whether there is something that no anchor has told, for so long as the terms allow. */
  readonly isDue: boolean;
}

const changed = `
  select a.id, t.valid_from is not null and a.anchored_at <= now() - make_interval(mins => t.anchor_minutes) as "isDue"
  from access_log_anchoring a left join lateral (
    select valid_from, anchor_minutes from access_log_term where valid_from <= current_date order by valid_from desc limit 1) t on true`;

const ends = `
  select head.chain::int as chain, head.position::int as position, encode(head.hash, 'hex') as hash,
         coalesce(start.position, 0)::int as "removedTo", coalesce(encode(start.hash, 'hex'), '') as "removedHash"
  from access_log_head head left join access_log_start start using (chain)
  where head.position > 0 order by chain`;

export const stateOfLog = async (sql: Sql): Promise<LogState | undefined> =>
  (await sql.query<LogState>(changed, []))[0];

export const endsOfChains = (sql: Sql): Promise<AnchoredChain[]> => sql.query<AnchoredChain>(ends, []);

/** Removes what need not be kept any longer. True when there may be more of it. */
export async function shortenAccessLog(sql: Sql): Promise<boolean> {
  const [row] = await sql.query<{ chains: number }>('select access_log_shorten() as chains', []);
  return (row?.chains ?? 0) > 0;
}

export const digestOf = (chains: readonly AnchoredChain[]): string =>
  createHash('sha256')
    .update(
      JSON.stringify(
        chains.map(({ chain, position, hash, removedTo, removedHash }) => [
          chain,
          position,
          hash,
          removedTo,
          removedHash,
        ]),
      ),
    )
    .digest('hex');
