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

/** The four services in this process, each alone on its database and its streams. */
export async function startFour(): Promise<Record<Service, ServiceUnderTest>> {
  const sealing = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const key = (): string => randomBytes(32).toString('base64');
  const [catalogue, cases, providers, notifications] = await Promise.all([
    startForTest(catalogueService),
    startForTest(casesService, {
      MASTER_KEY: key(),
      BLIND_INDEX_KEY: key(),
      SEALING_PUBLIC_KEY: JSON.stringify(sealing.publicKey.export({ format: 'jwk' })),
    }),
    startForTest(providersService),
    startForTest(notificationsService, {
      MASTER_KEY: key(),
      WEBHOOK_KEY: key(),
      SEALING_PRIVATE_KEY: JSON.stringify(sealing.privateKey.export({ format: 'jwk' })),
      SMTP_URL: 'smtp://127.0.0.1:1',
      MAIL_FROM: 'cus@cus.example.pl',
      ALLOWED_PRIVATE_SINKS: 'localhost:9',
    }),
  ]);
  return { catalogue, cases, providers, notifications };
}
