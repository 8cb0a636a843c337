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
  publicReads: true,
};

describe('HTTP answers', () => {
  let service: ServiceUnderTest;
  beforeAll(async () => {
    service = await startForTest(definition, { RATE_LIMIT: '60' });
  }, 60_000);
  afterAll(() => service.stop());

  test('"not modified" is never told from the version, as more may be shown than it counts', async () => {
    const headers = { 'If-None-Match': '"1"' };
    const as = { roles: ['desk'] } as const;
    const statuses = [
      await service.http('GET', '/views/person', { as, headers }),
      await service.http('GET', '/views/person', { as, headers }),
      await service.http('GET', '/views/programme', { headers }),
    ].map(({ status }) => status);
    expect(statuses).toEqual([200, 200, 200]);
  });

  test('what anybody may read has a tag of its content, and may be kept for a moment', async () => {
    const first = await service.http('GET', '/views/programme');
    const tag = first.headers.get('etag') ?? '';
    expect(tag).toMatch(/^W\/"/);
    for (const known of [tag, tag.slice(2), `"other", ${tag}`, '*']) {
      const again = await service.http('GET', '/views/programme', { headers: { 'If-None-Match': known } });
      expect([known, again.status, again.body, again.headers.get('etag')]).toEqual([known, 304, '', tag]);
      expect(again.headers.get('cache-control')).toMatch(/^public, max-age=\d+, stale-while-revalidate=\d+$/);
    }
    expect((await service.http('HEAD', '/views/programme')).headers.get('etag')).toBe(tag);
    const other = await service.http('GET', '/views/programme', { headers: { 'If-None-Match': 'W/"other"' } });
    expect([other.status, other.headers.get('vary')]).toEqual([200, 'Authorization']);
  });

  test.each([
    ['what an account sees', '/views/programme', { as: { roles: ['desk'] } }, 200],
    ['what only an account may see', '/views/person', { as: { roles: ['desk'] } }, 200],
    ['a refusal', '/views/person', {}, 401],
    ['nothing', '/views/nothing', {}, 404],
    ['the state of the process', '/health/live', {}, 200],
    ['its figures', '/metrics', {}, 200],
  ] as const)('%s is kept by nobody', async (_, path, call, status) => {
    const answer = await service.http('GET', path, call);
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([status, 'private, no-store']);
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
