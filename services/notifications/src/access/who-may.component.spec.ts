import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import { generateSealingKeyPair } from '@okienko/privacy/sealed-payload';
import { type ServiceUnderTest, startForTest } from '@okienko/testing/service-test';
import { holdsWhoMay } from '@okienko/testing/who-may';
import { notificationsService } from '../service';
import { open, whoMay } from './who-may';

jest.setTimeout(60_000);
let service: ServiceUnderTest;
beforeAll(async () => {
  service = await startForTest(notificationsService, {
    WEBHOOK_KEY: randomBytes(32).toString('base64'),
    SEALING_PRIVATE_KEY: JSON.stringify((await generateSealingKeyPair()).privateJwk),
    SMTP_URL: 'smtp://127.0.0.1:9',
    MAIL_FROM: 'cus@cus.example.pl',
  });
}, 60_000);
afterAll(() => service.stop());

holdsWhoMay(() => service, join(__dirname, '..', '..', 'openapi.json'), { open, whoMay });
