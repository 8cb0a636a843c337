import type { Day } from '@okienko/contracts/calendar';
import { type Condition, where } from '../access/conditions';
import { type Bucket, buckets, inBucket } from './bucket';

/** A page as the statement answers it. */
export interface WrittenWorklist {
  /** JSON of the counts, and of the items one after the other. */
  readonly counts: string;
  readonly items: string;
  /** Where the page ends, if others follow. */
  readonly lastDue: Day | null;
  readonly lastId: string | null;
}

/**
 * One statement for the page and the counts of all buckets, as the JSON that the client gets: nothing of it is read on the way. With a unit
 * alone it goes along `worklist_of_unit`, with an assignee along `worklist_of_assignee`: both have the order of the list, so a page costs
 * its rows, and the counts never leave the index.
 */
export function worklistStatement(
  whose: readonly Condition[],
  today: Day,
  limit: number,
  bucket: Bucket | undefined,
  after: readonly [Day, string] | undefined,
): { readonly text: string; readonly values: unknown[] } {
  const running = where(...whose, { sql: 'ended_at is null', values: [] });
  const values = [...running.values, today, limit, ...(after ?? [])];
  const at = running.values.length;
  const [day, rows] = [`$${at + 1}::date`, `$${at + 2}::int`];
  const conditions = [
    ...(bucket ? [inBucket(bucket, day)] : []),
    ...(after ? [`(due_on, id) > ($${at + 3}::date, $${at + 4}::uuid)`] : []),
  ];
  const counts = buckets.map((name) => `count(*) filter (where ${inBucket(name, day)}) as "${name}"`);
  const bucketOf = `case ${buckets.map((name) => `when ${inBucket(name, day)} then '${name}'`).join(' ')} end`;
  const last = (column: string): string => `case when count(*) > ${rows} then (array_agg(${column}))[${rows}] end`;
  const text = `
    with running as not materialized (select * from deadline ${running.sql})
    select (select row_to_json(counted)::text from (select ${counts.join(', ')} from running) counted) as counts,
      coalesce(array_to_string((array_agg(row_to_json(page)::text))[:${rows}], ','), '') as items,
      ${last('page."dueOn"')} as "lastDue", ${last('page.id')} as "lastId"
    from (select ${columns}, ${bucketOf} as bucket from running
          where ${conditions.join(' and ') || 'true'} order by due_on, id limit ${rows} + 1) page`;
  return { text, values };
}

const columns = `id, kind, subject_id as "subjectId", application_id as "applicationId", person_id as "personId", unit, terc,
  assignee, awaited, warn_on as "warnOn", due_on as "dueOn", basis`;
