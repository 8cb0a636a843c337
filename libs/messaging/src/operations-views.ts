const views: Readonly<Record<string, string>> = {
  migrations: 'select id, timestamp, name from migration',
  events: 'select seq, id, created_at, aggregate_type, aggregate_id, sequence, subject from outbox_history',
  relay: 'select low from outbox_relay',
  relay_places: 'select stream, last_sequence, low, at from outbox_stream',
  parked_events: 'select seq, id, aggregate_type, aggregate_id, parked_at from outbox_parked',
  inbox_positions: 'select consumer, aggregate_type, aggregate_id, sequence, parked from inbox_position',
  handled_events: 'select consumer, event_id, received_at from inbox',
  failed_attempts: 'select consumer, event_id, attempts, waits, at from inbox_attempt',
  dead_letters:
    'select id, consumer, event_id, event_name, aggregate_type, aggregate_id, sequence, reason, attempts, status, created_at, resolved_at from dead_letter',
  requests_kept: 'select count(*) as requests, min(created_at) as oldest from idempotency_key',
  access_log_ends:
    'select head.chain, head.position, head.hash, start.position as removed_to, start.removed_at from access_log_head head left join access_log_start start using (chain)',
  access_log_anchoring: 'select version as anchors, anchored_at, digest from access_log_anchoring',
  access_log_terms: 'select valid_from, kept_months, anchor_minutes, basis from access_log_term',
};

/**
 * What an operator may look at: the state of events and of the access log's chains, and no column that holds a body, a text of an error, an
 * answer or anything about a person. A view reads as its owner, so the read-only role needs no right to any table. Where nobody
 * has made the schema (deploy/postgres/roles.sql), there are none.
 */
export const operationsViews = (): string[] => [
  `do $$
   declare operations text := current_schema() || '_operations';
   begin
     if to_regnamespace(operations) is null then
       raise notice 'There is no schema %, so there are no views for operators: run deploy/postgres/roles.sql.', operations;
       return;
     end if;
${Object.entries(views)
  .map(([name, sql]) => `     execute format('create or replace view %I.${name} as ${sql}', operations);`)
  .join('\n')}
   end $$`,
];
