import type { Work } from '@okienko/messaging/unit-of-work';
import { undecided } from '../retention/person-files';
import type { RestrictionEffect, Running, RunningMatter, RunningTerm } from './restrictions.dto';
import { recordsOf } from './standing';

type Query = Pick<Work, 'query'>;

/** What a restriction does (GDPR art. 18(2), art. 19), as those who decide on it have to know. */
export const effectsOf = (personId: string): RestrictionEffect[] => [
  {
    code: 'KEPT',
    text: {
      pl: 'Dane są przechowywane. Nie zostaną zniszczone, póki trwa ograniczenie, także po upływie okresu przechowywania.',
    },
  },
  {
    code: 'NOTHING_NEW',
    text: {
      pl: 'Nie rozpocznie się dla tej osoby nic nowego: wniosek, kwalifikacja, przedstawicielstwo, gospodarstwo, udział w projekcie, sprawa zewnętrzna. Wyjątek: cel LEGAL_CLAIM.',
    },
  },
  {
    code: 'RUNNING_GOES_ON',
    text: {
      pl: 'To, co już się toczy, toczy się dalej, a terminy biegną. Trzeba zdecydować o każdej z wymienionych spraw.',
    },
  },
  {
    code: 'NO_EXTRAS',
    text: {
      pl: 'Wiadomości wysyłane za zgodą nie są wysyłane. Wysyłane są te, których wymaga prawo albo trwająca usługa.',
    },
    see: `notifications: GET /messages?personId=${personId}&state=QUEUED`,
  },
];

/** What is under way for a person, under whichever record: a restriction begins nothing new, and ends none of this. */
export async function runningFor(sql: Query, personId: string): Promise<Running> {
  const matters = await sql.query<RunningMatter>(openMatters, [personId]);
  const terms = await sql.query<RunningTerm>(runningTerms, [personId]);
  return { matters, terms };
}

const own = recordsOf.replace('?', '$1');
const openMatters = `
  with record as (${own}),
  filed as (select a.id from application a where a.person_id in (table record) or a.applicant_person_id in (table record))
  select 'APPLICATION' as kind, id, state from application where id in (table filed) and state in ${undecided}
  union all select 'PLACE', item_id, 'KEPT' from service_place
    where person_id in (table record) and ended_at is null and released_at is null
  union all select 'PLAN', id, state from individual_plan
    where application_id in (table filed) and state not in ('CLOSED', 'ABANDONED')
  union all select 'ALLOCATION', id, state from allocation
    where person_id in (table record) and state not in ('COMPLETED', 'RESIGNED', 'TERMINATED')
  union all select 'FEE', id, state from fee
    where application_id in (table filed) and state in ('NOT_DUE', 'ASSESSED', 'OVERDUE', 'DECISION_ISSUED', 'ENFORCED')
  union all select 'DECISION', id, state from decision
    where application_id in (table filed) and state in ('ISSUED', 'APPEALED', 'HANDED_OVER')
  union all select 'PROJECT_PARTICIPATION', id, state from project_participation
    where person_id in (table record) and state = 'PARTICIPATING'
  union all select 'EXTERNAL_CASE', id, status from external_case where person_id in (table record) and status = 'OPEN'
  union all select 'ERASURE_REQUEST', id, state from erasure_request
    where person_id in (table record) and state = 'RECEIVED'
  order by 1, 2`;
const runningTerms = `
  with record as (${own}),
  filed as (select a.id from application a where a.person_id in (table record) or a.applicant_person_id in (table record))
  select id, kind, subject_id as "subjectId", awaited, due_on as "dueOn" from deadline
  where ended_at is null and (person_id in (table record) or application_id in (table filed)
    or subject_id in (select id from erasure_request where person_id in (table record)))
  order by due_on, id`;
