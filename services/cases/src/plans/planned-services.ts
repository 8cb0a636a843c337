import type { Application } from '../applications/application';
import type { PlannedApplication } from './plan-acts';
import { ItemNotQualified } from './plan-errors';

/** What a plan may be made of (art. 39): the services of the application it answers, and what else the same person is qualified for. */
export interface PlannedServices extends PlannedApplication {
  readonly applicationIds: readonly string[];
  offerOf(itemId: string): string;
}

export function plannedServices(own: Application, others: readonly Application[]): PlannedServices {
  const { id, unit, personId, terc, filedAt } = own;
  const all = [own, ...others];
  const grantedIn = (itemId: string): Application | undefined => all.find((one) => one.isQualified(itemId));
  return {
    id,
    unit,
    personId,
    terc,
    filedAt,
    applicationIds: all.map((application) => application.id),
    isQualified: (itemId) => grantedIn(itemId) !== undefined,
    offerOf(itemId) {
      const application = grantedIn(itemId);
      if (!application) throw new ItemNotQualified();
      return application.item(itemId).offerId;
    },
  };
}
