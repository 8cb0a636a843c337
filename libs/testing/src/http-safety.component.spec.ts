import { Controller, Get, Module } from '@nestjs/common';
import { Allow, Public } from '@okienko/chassis/access';
import { ServiceConfig } from '@okienko/chassis/config';
import type { ServiceDefinition } from '@okienko/chassis/service-definition';
import { messagingTables } from '@okienko/messaging/tables';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { type ServiceUnderTest, startForTest } from './service-test';

@Controller('views')
class ViewsController {
  private contact = 0;
  /** An aggregate beside another that changes without it. */
  @Get('person') @Allow('desk') person(): object {
    return { version: 1, contact: (this.contact += 1) };
  }
  @Get('programme') @Public() programme(): object {
    return { version: 1 };
  }
}

@Module({ controllers: [ViewsController] })
class ViewsModule {}

class Create1764748800000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const sql of messagingTables()) await runner.query(sql);
  }
  async down(): Promise<void> {}
}

const definition: ServiceDefinition = {
  name: 'providers',
  module: ViewsModule,
  config: ServiceConfig,
  mappings: [],
  migrations: [Create1764748800000],
};

describe('HTTP answers', () => {
  let service: ServiceUnderTest;
  beforeAll(async () => {
    service = await startForTest(definition, { RATE_LIMIT: '60' });
  }, 60_000);
  afterAll(() => service.stop());

  test('"not modified" is never told from the version where an account sees more than the aggregate', async () => {
    const headers = { 'If-None-Match': '"1"' };
    const as = { roles: ['desk'] } as const;
    const statuses = [
      await service.http('GET', '/views/person', { as, headers }),
      await service.http('GET', '/views/person', { as, headers }),
      await service.http('GET', '/views/programme', { headers }),
    ].map(({ status }) => status);
    expect(statuses).toEqual([200, 200, 304]);
  });

  test('inventing a token for each request gives nobody a fresh allowance', async () => {
    const statuses: number[] = [];
    for (let n = 0; n < 70; n += 1) {
      const { status } = await service.http('GET', '/views/programme', {
        headers: { Authorization: `Bearer a.b.${n}` },
      });
      statuses.push(status);
    }
    expect(new Set(statuses)).toEqual(new Set([401, 429]));
  });
});
