import type { Day } from '@okienko/contracts/calendar';
import type { Work } from '@okienko/messaging/unit-of-work';
import type { Matter, PersonFile } from './file-standing';
import { stillKeptFrom } from './retention-terms';

type Query = Pick<Work, 'query'>;

/** The files of these persons, each named by the record that goes on. */
export async function filesOf(sql: Query, personIds: readonly string[], today: Day): Promise<PersonFile[]> {
  const rows = await sql.query<Matter & { personId: string }>(mattersOf, [personIds, today]);
  const held = await sql.query<{ personId: string }>(holdsOf, [personIds]);
  return personIds.map((personId) => ({
    personId,
    matters: rows.filter((row) => row.personId === personId).map(({ kind, closedOn }) => ({ kind, closedOn })),
    isHeld: held.some((hold) => hold.personId === personId),
  }));
}

const records = `record as (
  select id, coalesce(merged_into, id) as root, (registered_at at time zone 'Europe/Warsaw')::date as registered_on
  from person where coalesce(merged_into, id) = any ($1::uuid[]))`;

/** What keeps a file from being disposed of: a hold, or that its person wants it kept and not used (GDPR art. 18(1)(b), (c)). */
const holdsOf = `
  with ${records}
  select root as "personId" from record join legal_hold h on h.person_id = record.id where h.ended_on is null
  union select root from record join person p using (id) where p.restriction is not null`;

const leftWithoutResult = `('LEFT_UNEXAMINED', 'FORWARDED', 'WITHDRAWN', 'DISCONTINUED')`;
/** States of an application, or of a service asked for in it, in which it waits for somebody. */
export const undecided = `('SUBMITTED', 'INCOMPLETE', 'WAITLISTED', 'REFUSAL_PENDING', 'APPEALED')`;

/**
 * A person's matters: what was applied for by or for them, or while they were of the household; projects; what was taken over or lies elsewhere; whom
 * they represent; and that they are registered. A place that is kept counts until the end of the grant. The day of closing is the last on which anything of
 * the matter changed or was granted.
 */
const mattersOf = `
  with ${records},
  asked as (
    select root, a.id from record join application a on a.person_id = record.id
    union select root, a.id from record join application a on a.applicant_person_id = record.id
    union select root, a.id from record join household_member me on me.person_id = record.id
      join household_member other on other.household_id = me.household_id and other.person_id <> me.person_id
      join application a on a.person_id = other.person_id
        and (a.filed_at at time zone 'Europe/Warsaw')::date between me.from_day and coalesce(me.to_day, 'infinity')
  ),
  item as (
    select distinct a.id, i ->> 'state' as state,
      case when exists (select from service_place p where p.item_id = (i ->> 'id')::uuid and p.ended_at is null and p.released_at is null)
        then (i -> 'notice' ->> 'grantedUntil')::date end as granted_until
    from asked join application a using (id) cross join jsonb_array_elements(a.items) i
  ),
  part as (
    select id, id as application_id, false as is_open from asked
    union select p.id, p.application_id, p.state not in ('CLOSED', 'ABANDONED')
      from individual_plan p join asked on asked.id = p.application_id
    union select l.id, asked.id, l.state not in ('COMPLETED', 'RESIGNED', 'TERMINATED')
      from asked join allocation l on l.application_id = asked.id
    union select l.id, asked.id, l.state not in ('COMPLETED', 'RESIGNED', 'TERMINATED')
      from asked join individual_plan p on p.application_id = asked.id join allocation l on l.plan_id = p.id
    union select f.id, f.application_id, f.state in ('ASSESSED', 'OVERDUE', 'DECISION_ISSUED', 'ENFORCED')
        or f.state = 'NOT_DUE' and f.period_to >= $2::date
      from fee f join asked on asked.id = f.application_id
    union select d.id, d.application_id, d.state in ('ISSUED', 'APPEALED', 'HANDED_OVER')
      from decision d join asked on asked.id = d.application_id
  ),
  matter as (
    select root,
      case when not exists (select from item where item.id = asked.id and state not in ${leftWithoutResult}) then 'UNEXAMINED' else 'CASE' end as kind,
      exists (select from item where item.id = asked.id and (state in ${undecided} or granted_until >= $2::date))
        or exists (select from part where part.application_id = asked.id and is_open)
        or exists (select from deadline where application_id = asked.id and ended_at is null) as is_open,
      greatest((select max(changed_on) from part join last_change c on c.subject_id = part.id where part.application_id = asked.id),
        (select max(granted_until) from item where item.id = asked.id)) as closed_on
    from asked
    union all select root, 'EU_PROJECT', p.state = 'PARTICIPATING' or j.valid_to >= $2::date, greatest(p.terminated_on, j.valid_to)
      from record join project_participation p on p.person_id = record.id join project j on j.id = p.project_id
    union all select root, 'PAST_MATTER', false, c.changed_on
      from record join past_matter m on m.person_id = record.id join last_change c on c.subject_id = m.id
    union all select root, 'EXTERNAL_CASE', e.status = 'OPEN', coalesce(e.to_day, e.from_day)
      from record join external_case e on e.person_id = record.id
    union all select root, 'REGISTRATION', r.ended_on is null and coalesce(r.valid_to >= $2::date, true), coalesce(r.ended_on, r.valid_to)
      from record join representation r on r.representative_id = record.id
    union all select root, 'REGISTRATION',
        exists (select from deadline where person_id = record.id and ended_at is null)
        or exists (select from erasure_request where person_id = record.id and state = 'RECEIVED'), registered_on
      from record
  )
  select root as "personId", kind, case when not is_open then closed_on::text end as "closedOn" from matter`;

/** Persons, by the record that goes on, whose own applications leave it open whether their file is due: of the others it is not. None who is on another list. */
export async function maybeDue({ query }: Query, today: Day, after: string, limit: number): Promise<string[]> {
  const rows = await query<{ id: string }>(
    `select p.id from person p
     where p.id > $1 and p.merged_into is null and p.erased_at is null and p.registered_at < $2::date
       and not exists (select from application a join last_change c on c.subject_id = a.id
                       where a.person_id = p.id
                         and c.changed_on >= case when a.state in ${leftWithoutResult} then $3::date else $4::date end)
       and not exists (select from disposal_file f join disposal d on d.id = f.disposal_id
                       where f.person_id = p.id and d.state in ('PROPOSED', 'APPROVED'))
     order by p.id limit $5`,
    [
      after,
      stillKeptFrom('REGISTRATION', today),
      stillKeptFrom('UNEXAMINED', today),
      stillKeptFrom('CASE', today),
      limit,
    ],
  );
  return rows.map(({ id }) => id);
}
