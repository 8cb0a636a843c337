import { erasedRecipient } from '@okienko/contracts/cases/person-contact-changed.v1';
import { destroyKeys, type Erasure, noteErasures } from '@okienko/privacy/erasures';
import type { Sql } from '@okienko/privacy/sql';

const statements: readonly string[] = [
  'delete from recipient where person_id = any ($1)',
  `update message set content = null, content_hash = null, facts = '{}', content_destroyed_at = coalesce(content_destroyed_at, now())
   where person_id = any ($1)`,
  'delete from representative where person_id = any ($1) or representative_id = any ($1)',
  `update dead_letter set body = regexp_replace(body, '"recipient":"[^"]*"', '"recipient":"${erasedRecipient}"')
   where aggregate_type = 'person-contact' and aggregate_id = any ($1)`,
];

/** Makes what this service holds about these persons unreadable for good, in the caller's transaction. Doing it again changes nothing. */
export async function erase(sql: Sql, erasures: readonly Erasure[]): Promise<void> {
  const ids = erasures.map(({ personId }) => personId);
  const [first] = erasures;
  if (!first) return;
  await destroyKeys(sql, ids, first.erasedAt);
  for (const statement of statements) await sql.query(statement, [ids]);
  await noteErasures(sql, erasures);
}
