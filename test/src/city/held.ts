import { services } from '@okienko/contracts/event';
import type { Behind } from './behind';

/**
 * Tables that hold what was done, a row for each act or for each person, matter or event that an act concerned; what is old goes from them
 * by its period of retention. Every other table holds what the city is (its offers, rules, partners), how far a service has come, or what
 * waits: however long people work, it must not grow.
 */
const ledgers: ReadonlySet<string> = new Set([
  // people
  ...['person', 'person_contact', 'person_key', 'person_match', 'recipient', 'consent'],
  // matters, and copies of them
  ...['application', 'referral', 'referral_answer', 'needs_recognition', 'decision', 'deadline', 'last_change'],
  ...['individual_plan', 'plan_version', 'plan_need', 'plan_contact', 'allocation', 'service_place', 'unsettled_item'],
  ...[
    'waiting_list_entry',
    'delivered_unit',
    'issued_document',
    'external_case',
    'fee',
    'fee_decision',
    'authorisation',
  ],
  ...['application_item_copy', 'allocation_copy', 'delivery_copy', 'matter', 'need_report', 'need_report_application'],
  // services that are provided; a head for each offer whose places were ever taken
  ...[
    'service_order',
    'provider_act',
    'delivery',
    'delivery_version',
    'survey',
    'survey_answer',
    'complaint',
    'capacity_head',
  ],
  // what was told
  ...['message', 'message_attempt', 'message_evidence', 'hand_job', 'task', 'notice', 'notice_reading', 'digest_item'],
  ...['feed_event', 'dispatch', 'dispatch_attempt'],
  // what was asked, looked at, told to others and heard from them
  ...['access_log', 'idempotency_key', 'outbox', 'outbox_archive', 'outbox_stream', 'inbox', 'inbox_position'],
]);

export interface Held {
  readonly rows: number;
  readonly kilobytes: number;
}

export type Tables = Readonly<Record<string, Held>>;

/** What lies in the tables that must not grow. */
export async function heldTables(behind: Behind): Promise<Tables> {
  const tables = await behind.rows<{ table: string; name: string }>(
    `select format('%I.%I', n.nspname, c.relname) as "table", c.relname as name
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = any($1) and c.relkind in ('r', 'p') and not c.relispartition order by 1`,
    [services],
  );
  const held = tables.filter(({ name }) => !ledgers.has(name));
  const [row] = await behind.rows<Record<string, string>>(
    `select ${held
      .map(
        ({ table }, at) =>
          `(select count(*) from ${table}) as "r${at}", (select sum(pg_total_relation_size(relid)) from pg_partition_tree('${table}')) as "b${at}"`,
      )
      .join(', ')}`,
  );
  const of = (name: string): number => Number(row?.[name]);
  return Object.fromEntries(
    held.map(({ table }, at) => [table, { rows: of(`r${at}`), kilobytes: Math.round(of(`b${at}`) / 1024) }]),
  );
}
