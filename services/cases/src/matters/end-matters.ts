import type { Day } from '@okienko/contracts/calendar';
import type { Work } from '@okienko/messaging/unit-of-work';
import { endSingleAllocations } from '../allocations/allocation-ending';
import { Application } from '../applications/application';
import { itemStates, itemTransitions } from '../applications/application-item';
import { dropDeadlines } from '../deadlines/deadlines';
import { endFees } from '../fees/fee-ending';
import { recordsOf } from '../persons/standing';
import { IndividualPlan } from '../plans/individual-plan';
import { abandonDraft, endPlan } from '../plans/plan-ending';
import { letGo } from '../programmes/places.commands';
import { endParticipationsByDeath } from '../project-participations/participation-ending';

/** What came to an end, so that it can be told when the reason for it turns out wrong. */
export interface Ended {
  readonly applications: readonly { readonly id: string; readonly itemIds: readonly string[] }[];
  readonly plans: readonly string[];
  readonly fees: readonly string[];
  readonly participations: readonly string[];
}

export interface Cause {
  readonly reason: 'DEATH' | 'LEFT_GMINA';
  readonly endedOn: Day;
  /** Only what programmes of this gmina give; everything when left out. */
  readonly terc?: string;
}

/**
 * Ends what a person has with the centre: requests are discontinued, unused places given back, plans in force and services used singly ended, drafts given up, fees ended, by death also participations in projects. The person is locked;
 * applications are locked here in the order of their ids, then plans in theirs, then their allocations, fees, and participations last.
 */
export async function endMatters(work: Work, personId: string, cause: Cause, today: Day): Promise<Ended> {
  const { reason, endedOn, terc } = cause;
  const programmes = terc === undefined ? undefined : await programmesOf(work, terc);
  const ending = { reason, endedOn };
  const ended = { applications: [] as Ended['applications'][number][], plans: [] as string[] };
  for (const { id } of await openApplications(work, personId)) {
    const application = await work.load(Application, id);
    const itemIds = await discontinue(work, application, reason, programmes, today);
    if (itemIds.length > 0) ended.applications.push({ id, itemIds });
    if (application.askedFor.some(({ programmeId }) => programmes?.includes(programmeId) ?? true))
      await endSingleAllocations(work, id, ending);
  }
  for (const { id } of await openPlans(work, personId, programmes)) {
    const plan = await work.load(IndividualPlan, id);
    // Another act may have ended it while this one waited for its lock.
    if (plan.isInForce) await endPlan(work, plan, ending);
    else if (plan.isDrafted) await abandonDraft(work, plan, { reasonCode: reason, abandonedOn: endedOn });
    else continue;
    ended.plans.push(id);
  }
  const fees = await endFees(work, await runningFees(work, personId, endedOn, programmes), endedOn, today);
  const participations = reason === 'DEATH' ? await endParticipationsByDeath(work, personId, endedOn) : [];
  return { ...ended, fees, participations };
}

/** A service whose place an approved plan has used was granted and given: nothing of it is left to decide. */
async function discontinue(
  work: Work,
  application: Application,
  reason: Cause['reason'],
  programmes: readonly string[] | undefined,
  today: Day,
): Promise<string[]> {
  const used = await usedPlaces(work, application);
  const open = application.discontinuable.filter(({ id }) => !used.has(id));
  const ending = open.filter(({ programmeId }) => programmes?.includes(programmeId) ?? true);
  for (const item of ending) {
    await letGo(work, application.personId, item, today);
    dropDeadlines(work, item.id);
    application.discontinue(item.id);
  }
  if (ending.length === open.length) dropDeadlines(work, application.id);
  const [first, ...more] = ending.map(({ id }) => application.discontinued(id, reason));
  if (first) await work.save(application, first, ...more);
  return ending.map(({ id }) => id);
}

async function usedPlaces({ query }: Work, { discontinuable }: Application): Promise<Set<string>> {
  const rows = await query<{ id: string }>(
    'select item_id as id from service_place where item_id = any ($1::uuid[]) and plan_id is not null',
    [discontinuable.map(({ id }) => id)],
  );
  return new Set(rows.map(({ id }) => id));
}

const openStates = itemStates.filter((state) => itemTransitions[state].includes('DISCONTINUED'));
const records = recordsOf.replace('?', '$1');

const openApplications = ({ query }: Work, personId: string): Promise<{ id: string }[]> =>
  query(`select id from application where person_id in (${records}) and state = any ($2::text[]) order by id`, [
    personId,
    openStates,
  ]);

/** In force, or on their way there. */
const openPlans = (
  { query }: Work,
  personId: string,
  programmes: readonly string[] | undefined,
): Promise<{ id: string }[]> =>
  query(
    `select id from individual_plan
     where person_id in (${records}) and state in ('DRAFT', 'AGREED', 'PENDING_APPROVAL', 'APPROVED', 'ACTIVE')
       and ($2::uuid[] is null or exists (
         select from jsonb_to_recordset(items) item ("offerId" uuid) join offer on offer.id = item."offerId"
         where offer.programme_id = any ($2::uuid[])))
     order by id`,
    [personId, programmes ?? null],
  );

const runningFees = (
  { query }: Work,
  personId: string,
  endedOn: Day,
  programmes: readonly string[] | undefined,
): Promise<{ id: string }[]> =>
  query(
    `select id from fee where person_id in (${records}) and period_to > $2
       and ($3::uuid[] is null or programme_id = any ($3::uuid[])) order by id`,
    [personId, endedOn, programmes ?? null],
  );

/** A gmina is told by the first six digits: its town and its countryside have kinds of their own. */
async function programmesOf({ query }: Work, terc: string): Promise<string[]> {
  const rows = await query<{ id: string }>('select id from programme where left(terc, 6) = left($1, 6)', [terc]);
  return rows.map(({ id }) => id);
}
