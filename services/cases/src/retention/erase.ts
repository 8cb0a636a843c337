import { erasedRecipient } from '@okienko/contracts/cases/person-contact-changed.v1';
import { destroyKeys, type Erasure, noteErasures } from '@okienko/privacy/erasures';
import type { Sql } from '@okienko/privacy/sql';
import { emptying, sealedColumns } from './sealed-columns';

/** Whoever still has the key that opens contact details in transit finds none. */
const withoutRecipient = `regexp_replace(event, '"recipient":"[^"]*"', '"recipient":"${erasedRecipient}"')`;

/** What tells of persons without being ciphertext, or by more than a column. */
const more: readonly string[] = [
  'delete from person_match where person_id = any ($1) returning person_id',
  `update household set members = (
     select coalesce(jsonb_agg(member order by place), '[]') from jsonb_array_elements(members) with ordinality as one (member, place)
     where not (member ->> 'personId')::uuid = any ($1))
   where id in (select household_id from household_member where person_id = any ($1))`,
  'delete from household_member where person_id = any ($1)',
  'update person set death = null, departure = null where id = any ($1)',
  'update person_contact set guardian_id = null where id = any ($1) or guardian_id = any ($1)',
  `update external_case set number_index = decode(replace(id::text, '-', ''), 'hex') where person_id = any ($1)`,
  // The number that the predecessor knew them by, and digests of what it said: taken in anew, it would be taken for a stranger's.
  `with subject as (
     select unnest($1::uuid[]) as id union all select id from application where person_id = any ($1)
     union all select id from past_matter where person_id = any ($1) union all select id from external_case where person_id = any ($1)
   ), forgotten as (delete from imported where subject_id in (select id from subject))
   update import_row set external_id = null where subject_id in (select id from subject)`,
  'update application set imported_from = null where person_id = any ($1)',
  `update past_matter set imported_from = '{}' where person_id = any ($1)`,
  `insert into loose_object (key, sweep_at) select id, now() from attached_file where person_id = any ($1) and state <> 'REMOVED'
   on conflict do nothing`,
  ...['outbox', 'outbox_archive'].map(
    (history) =>
      `update ${history} set event = ${withoutRecipient} where aggregate_type = 'person-contact' and aggregate_id = any ($1)`,
  ),
];

/**
 * Makes what is held about these persons unreadable for good, in the caller's transaction: keys, ciphertext, indexes, links, objects of the store.
 * What remains are rows that tell of states, days and amounts under opaque ids. Doing it again changes nothing.
 */
export async function erase(sql: Sql, erasures: readonly Erasure[]): Promise<void> {
  const ids = erasures.map(({ personId }) => personId);
  const [first] = erasures;
  if (!first) return;
  await destroyKeys(sql, ids, first.erasedAt);
  for (const statement of [...sealedColumns.map(emptying), ...more]) await sql.query(statement, [ids]);
  await sql.query('update person set erased_at = coalesce(erased_at, $2) where id = any ($1)', [ids, first.erasedAt]);
  await noteErasures(sql, erasures);
}
