import { join } from 'node:path';
import { type ServiceUnderTest, startForTest } from '@okienko/testing/service-test';
import { holdsWhoMay } from '@okienko/testing/who-may';
import { catalogueService } from '../service';
import { open, whoMay } from './who-may';

jest.setTimeout(60_000);
let service: ServiceUnderTest;
beforeAll(async () => {
  service = await startForTest(catalogueService);
}, 60_000);
afterAll(() => service.stop());

holdsWhoMay(() => service, join(__dirname, '..', '..', 'openapi.json'), { open, whoMay });
