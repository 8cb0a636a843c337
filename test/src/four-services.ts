import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { casesService } from '@okienko/cases/service';
import { catalogueService } from '@okienko/catalogue/service';
import type { ServiceDefinition } from '@okienko/chassis/service-definition';
import type { Service } from '@okienko/contracts/event';
import type { Clock } from '@okienko/messaging/clock';
import { notificationsService } from '@okienko/notifications/service';
import { providersService } from '@okienko/providers/service';
import { type ServiceUnderTest, startForTest } from '@okienko/testing/service-test';

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
  /** What day it is for all of them; today unless given. */
  readonly clock?: Clock;
}

/** The four services in this process, each on a database of its own. */
export async function startFour({
  together = false,
  cases: moreOfCases = {},
  notifications: more = {},
  clock,
}: FourOptions = {}): Promise<Record<Service, ServiceUnderTest>> {
  const sealing = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const key = (): string => randomBytes(32).toString('base64');
  const keys = {
    MASTER_KEY: key(),
    BLIND_INDEX_KEY: key(),
    SEALING_PUBLIC_KEY: JSON.stringify(sealing.publicKey.export({ format: 'jwk' })),
  };
  const cases = await startForTest(casesService, { ...keys, ...moreOfCases }, clock);
  const shared: Record<string, string> = together ? { EVENT_NAMESPACE: cases.namespace } : {};
  const [catalogue, providers, notifications] = await Promise.all([
    startForTest(catalogueService, shared, clock),
    startForTest(providersService, shared, clock),
    startForTest(
      notificationsService,
      {
        ...shared,
        MASTER_KEY: key(),
        WEBHOOK_KEY: key(),
        SEALING_PRIVATE_KEY: JSON.stringify(sealing.privateKey.export({ format: 'jwk' })),
        SMTP_URL: 'smtp://127.0.0.1:1',
        MAIL_FROM: 'cus@cus.example.pl',
        ALLOWED_PRIVATE_SINKS: 'localhost:9',
        ...more,
      },
      clock,
    ),
  ]);
  return { catalogue, cases, providers, notifications };
}
