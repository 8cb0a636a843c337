import { type Erasure, noteErasures } from '@okienko/privacy/erasures';
import type { Sql } from '@okienko/privacy/sql';

/**
 * What complaints of erased persons say, and whose they were, goes with their keys; of one that is still examined once it is closed.
 * Nothing else here is about the people who are served.
 */
const eraseClosed = `
  with closed as (
    update complaint c set person_id = null, words = '', position_words = case when position_words is not null then ''::bytea end,
      answer = case when answer is not null then ''::bytea end
    from erasure e where e.person_id = c.person_id and c.closed_on is not null returning c.id)
  update person_key set wrapped = null, destroyed_at = now() where person_id in (select id from closed) and wrapped is not null
  returning person_id`;

export const eraseComplaints = async (sql: Sql): Promise<number> => (await sql.query(eraseClosed, [])).length;

/** In the caller's transaction. Doing it again changes nothing. */
export async function erase(sql: Sql, erasures: readonly Erasure[]): Promise<void> {
  await noteErasures(sql, erasures);
  await eraseComplaints(sql);
}
