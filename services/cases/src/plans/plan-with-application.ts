import type { Principal } from '@okienko/chassis/access';
import { NotFound } from '@okienko/contracts/domain-error';
import type { Work } from '@okienko/messaging/unit-of-work';
import { loadVisible } from '../access/load-visible';
import { Application } from '../applications/application';
import { IndividualPlan } from './individual-plan';

/** Loads a plan for change with the application it answers. Applications are locked before plans, here and everywhere. */
export async function planWithApplication(
  work: Work,
  id: string,
  caller: Principal,
  expectedVersion: number,
): Promise<{ plan: IndividualPlan; application: Application }> {
  const [found] = await work.query<{ applicationId: string }>(
    'select application_id as "applicationId" from individual_plan where id = $1',
    [id],
  );
  if (!found) throw new NotFound('individual plan');
  const application = await work.load(Application, found.applicationId);
  return { application, plan: await loadVisible(work, IndividualPlan, id, caller, expectedVersion) };
}
