import { casesService } from '@okienko/cases/service';
import { catalogueService } from '@okienko/catalogue/service';
import type { ServiceDefinition } from '@okienko/chassis/service-definition';
import type { Service } from '@okienko/contracts/event';
import type { Clock } from '@okienko/messaging/clock';
import { notificationsService } from '@okienko/notifications/service';
import { providersService } from '@okienko/providers/service';
import { type ServiceUnderTest, startForTest } from '@okienko/testing/service-test';
import { environments } from './environments';

export const modules: Readonly<Record<Service, ServiceDefinition['module']>> = {
  catalogue: catalogueService.module,
  cases: casesService.module,
  providers: providersService.module,
  notifications: notificationsService.module,
};

interface FourOptions {
  /** All on the same streams, as in a deployment; else each is alone on its own. */
  readonly together?: boolean;
  /** More of the environment of `cases`. */
  readonly cases?: Record<string, string>;
  /** More of the environment of `notifications`. */
  readonly notifications?: Record<string, string>;
  /** More of the environment of each. */
  readonly all?: Record<string, string>;
  /** What day it is for all of them; today unless given. */
  readonly clock?: Clock;
}

/** The four services in this process, each on a database of its own. */
export async function startFour({
  together = false,
  cases: moreOfCases = {},
  notifications: more = {},
  all = {},
  clock,
}: FourOptions = {}): Promise<Record<Service, ServiceUnderTest>> {
  const own = environments();
  const cases = await startForTest(casesService, { ...all, ...own.cases, ...moreOfCases }, clock);
  const shared: Record<string, string> = { ...all, ...(together && { EVENT_NAMESPACE: cases.namespace }) };
  const [catalogue, providers, notifications] = await Promise.all([
    startForTest(catalogueService, shared, clock),
    startForTest(providersService, shared, clock),
    startForTest(notificationsService, { ...shared, ...own.notifications, ...more }, clock),
  ]);
  return { catalogue, cases, providers, notifications };
}
