import type { Day } from '@okienko/contracts/calendar';
import { type Condition, where } from '../access/conditions';
import { type Bucket, buckets, inBucket } from './bucket';

/**
 * One statement for the page and the counts of all buckets. With a unit alone it goes along `worklist_of_unit`, with an assignee along
 * `worklist_of_assignee`: both have the order of the list, so a page costs its rows, and the counts never leave the index.
 */
export function worklistStatement(
  whose: readonly Condition[],
  today: Day,
  rows: number,
  bucket: Bucket | undefined,
  after: readonly [Day, string] | undefined,
): { readonly text: string; readonly values: unknown[] } {
  const running = where(...whose, { sql: 'ended_at is null', values: [] });
  const values = [...running.values, today, rows, ...(after ?? [])];
  const at = running.values.length;
  const [day, limit] = [`$${at + 1}::date`, `$${at + 2}`];
  const conditions = [
    ...(bucket ? [inBucket(bucket, day)] : []),
    ...(after ? [`(due_on, id) > ($${at + 3}::date, $${at + 4}::uuid)`] : []),
  ];
  const counts = buckets.map((name) => `'${name}', count(*) filter (where ${inBucket(name, day)})`);
  const text = `
    with running as not materialized (select * from deadline ${running.sql})
    select (select jsonb_build_object(${counts.join(', ')}) from running) as counts,
           (select coalesce(jsonb_agg(page), '[]') from (
              select ${columns} from running where ${conditions.join(' and ') || 'true'} order by due_on, id limit ${limit}
            ) page) as items`;
  return { text, values };
}

const columns = `id, kind, subject_id as "subjectId", application_id as "applicationId", person_id as "personId", unit, terc,
  assignee, awaited, warn_on as "warnOn", due_on as "dueOn", basis`;
