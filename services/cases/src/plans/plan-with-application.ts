import type { Principal } from '@okienko/chassis/access';
import { NotFound } from '@okienko/contracts/domain-error';
import type { Work } from '@okienko/messaging/unit-of-work';
import { loadVisible } from '../access/load-visible';
import { maySee } from '../access/visibility';
import { Application } from '../applications/application';
import { recordsOf } from '../persons/standing';
import { IndividualPlan } from './individual-plan';
import { type PlannedServices, plannedServices } from './planned-services';

/**
 * Loads a plan for change with the application it answers, and those of the same person that the rest of its services were asked for in.
 * Applications are locked before plans, here and everywhere.
 */
export async function planWithApplication(
  work: Work,
  id: string,
  caller: Principal,
  expectedVersion: number,
): Promise<{ plan: IndividualPlan; application: PlannedServices }> {
  const [found] = await work.query<{ unit: string; applicationId: string; itemIds: string[] }>(
    `select unit, application_id as "applicationId",
            array(select item ->> 'itemId' from jsonb_array_elements(coalesce(open_update -> 'items', items)) item) as "itemIds"
     from individual_plan where id = $1`,
    [id],
  );
  // Asked before the application is: what is missing would tell which of the two there is.
  if (!found || !maySee(caller, found)) throw new NotFound('individual plan');
  const application = await servicesFor(work, found.applicationId, found.itemIds, caller);
  return { application, plan: await loadVisible(work, IndividualPlan, id, caller, expectedVersion) };
}

/** The application, and those of the same person in which one of the items was asked for; locked in the order of their ids. */
export async function servicesFor(
  work: Work,
  applicationId: string,
  itemIds: readonly string[],
  caller: Principal,
): Promise<PlannedServices> {
  const wanted = await work.query<{ id: string }>(
    `select $1::uuid as id
     union
     select other.id from application own
     cross join lateral (${recordsOf.replace('?', 'own.person_id')}) record
     join application other on other.person_id = record.id
     where own.id = $1 and exists (select from jsonb_array_elements(other.items) item where item ->> 'id' = any ($2::text[]))
     order by id`,
    [applicationId, itemIds],
  );
  const others: Application[] = [];
  for (const { id } of wanted) {
    const application = await work.load(Application, id);
    if (id !== applicationId && maySee(caller, application)) others.push(application);
  }
  return plannedServices(await loadVisible(work, Application, applicationId, caller), others);
}
