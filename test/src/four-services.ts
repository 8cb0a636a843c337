import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { casesService } from '@okienko/cases/service';
import { catalogueService } from '@okienko/catalogue/service';
import type { ServiceDefinition } from '@okienko/chassis/service-definition';
import type { Service } from '@okienko/contracts/event';
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
  /** More of the environment of `notifications`. */
  readonly notifications?: Record<string, string>;
}

/** The four services in this process, each on a database of its own. */
export async function startFour({ together = false, notifications: more = {} }: FourOptions = {}): Promise<
  Record<Service, ServiceUnderTest>
> {
  const sealing = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const key = (): string => randomBytes(32).toString('base64');
  const cases = await startForTest(casesService, {
    MASTER_KEY: key(),
    BLIND_INDEX_KEY: key(),
    SEALING_PUBLIC_KEY: JSON.stringify(sealing.publicKey.export({ format: 'jwk' })),
  });
  const shared: Record<string, string> = together ? { EVENT_NAMESPACE: cases.namespace } : {};
  const [catalogue, providers, notifications] = await Promise.all([
    startForTest(catalogueService, shared),
    startForTest(providersService, shared),
    startForTest(notificationsService, {
      ...shared,
      MASTER_KEY: key(),
      WEBHOOK_KEY: key(),
      SEALING_PRIVATE_KEY: JSON.stringify(sealing.privateKey.export({ format: 'jwk' })),
      SMTP_URL: 'smtp://127.0.0.1:1',
      MAIL_FROM: 'cus@cus.example.pl',
      ALLOWED_PRIVATE_SINKS: 'localhost:9',
      ...more,
    }),
  ]);
  return { catalogue, cases, providers, notifications };
}
