import type { Day } from '@okienko/contracts/calendar';
import { ageBands, type CaseLoad } from './case-load';

type Query = <Row>(text: string, values?: unknown[]) => Promise<Row[]>;

export interface Scope {
  readonly unit: string;
  readonly gmina?: string | undefined;
  readonly from: Day;
  readonly to: Day;
  readonly today: Day;
}

// $1 the unit, $2 the first and $3 the last day of the period, $4 today, $5 the gmina or null. The seventh digit only tells town from country.
const own = (row: string): string =>
  `${row}.unit = $1 and ($5::text is null or left(${row}.terc, 6) = left($5::text, 6))`;
const dayOf = (moment: string): string => `(${moment} at time zone 'Europe/Warsaw')::date`;
const inPeriod = (day: string): string => `${day} between $2::date and $3::date`;
const filed = dayOf('a.filed_at');
const isOpen = `a.state in ('SUBMITTED', 'INCOMPLETE', 'WAITLISTED', 'REFUSAL_PENDING', 'APPEALED')`;
const median = (days: string): string => `percentile_disc(0.5) within group (order by ${days})`;

const planCoordinator = 'coalesce(p.coordinator, p.drafter)';
/** To whom it is assigned, else who has its plan, else who recorded its needs. */
const coordinatorOf = `coalesce(
  a.coordinator,
  (select ${planCoordinator} from individual_plan p where p.application_id = a.id order by p.id desc limit 1),
  (select r.recorded_by from needs_recognition r where r.application_id = a.id))`;

const coordinators = `
  select coordinator, sum(applications)::int as "openApplications", sum(plans)::int as "plansInForce",
         sum(deadlines)::int as "openDeadlines"
  from (select ${coordinatorOf} as coordinator, 1 as applications, 0 as plans, 0 as deadlines
        from application a where ${own('a')} and ${isOpen}
        union all
        select ${planCoordinator}, 0, 1, 0 from individual_plan p where ${own('p')} and p.state in ('APPROVED', 'ACTIVE')
        union all
        select d.assignee, 0, 0, 1 from deadline d where ${own('d')} and d.ended_at is null) matters
  group by coordinator order by coordinator nulls last`;

const ages = `
  select width_bucket($4::date - ${filed}, array[${ageBands.slice(1).join(', ')}]) as band, count(*)::int as count
  from application a where ${own('a')} and ${isOpen} group by band`;

const drafting = `
  select count(*) filter (where not drafted_late)::int as "inTime", count(*) filter (where drafted_late)::int as late
  from individual_plan p where ${own('p')} and ${inPeriod(dayOf('p.drafted_at'))}`;

const waiting = `
  select item->>'programmeId' as "programmeId", item->>'serviceCode' as "serviceCode", count(*)::int as waiting,
         ${median(`$4::date - ${filed}`)} as "medianDays"
  from application a cross join jsonb_array_elements(a.items) item
  where ${own('a')} and ${isOpen} and item->>'state' = 'WAITLISTED' group by 1, 2 order by 1, 2`;

const referrals = `
  select provider_id as "providerId", count(*) filter (where is_accepted)::int as accepted,
         count(*) filter (where not is_accepted)::int as declined
  from referral_answer r where ${own('r')} and ${inPeriod('r.answered_on')} group by provider_id order by provider_id`;

const duration = (until: string, days: string): string =>
  `select '${until}' as until, count(*)::int as matters, ${median('days')} as "medianDays" from (${days}) matters`;

const durations = [
  duration(
    'QUALIFICATION',
    `select ${dayOf('place.taken_at')} - ${filed} as days
     from application a cross join jsonb_array_elements(a.items) item
     join service_place place on place.item_id = (item->>'id')::uuid
     where ${own('a')} and ${inPeriod(dayOf('place.taken_at'))}`,
  ),
  duration(
    'DRAFT',
    `select ${dayOf('p.drafted_at')} - ${filed} as days from individual_plan p join application a on a.id = p.application_id
     where ${own('p')} and ${inPeriod(dayOf('p.drafted_at'))}`,
  ),
  duration(
    'FIRST_DELIVERY',
    `select min(al.started_on) - ${filed} as days
     from allocation al join individual_plan p on p.id = al.plan_id join application a on a.id = p.application_id
     where ${own('p')} group by a.id having ${inPeriod('min(al.started_on)')}`,
  ),
].join(' union all ');

const questions = { coordinators, ages, drafting, waiting, referrals, durations };

interface Found extends Pick<CaseLoad, 'coordinators' | 'waiting' | 'referrals' | 'durations'> {
  readonly ages: readonly { readonly band: number; readonly count: number }[];
  readonly drafting: readonly [CaseLoad['drafting']];
}

// One statement, so that all figures are of one moment.
const statement = `select ${Object.entries(questions)
  .map(([name, question]) => `(select coalesce(jsonb_agg(r), '[]') from (${question}) r) as "${name}"`)
  .join(', ')}`;

export async function countCaseLoad(query: Query, { unit, gmina, from, to, today }: Scope): Promise<CaseLoad> {
  const [found] = (await query<Found>(statement, [unit, from, to, today, gmina ?? null])) as [Found];
  return {
    ...found,
    ages: ageBands.map((_, band) => found.ages.find((age) => age.band === band)?.count ?? 0),
    drafting: found.drafting[0],
  };
}
