import { Controller, Get } from '@nestjs/common';
import { Allow, Public } from '@okienko/chassis/access';
import { bareService } from './bare-service';
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

const definition = bareService(ViewsController, { publicReads: true });

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

  test.each([
    ['what anybody may read', '/views/programme', {}, 200, '*'],
    ['that it is not there', '/views/nothing', {}, 404, '*'],
    ['the same with a token', '/views/programme', { as: { roles: ['desk'] } }, 200, null],
    ['what only an account may see', '/views/person', { as: { roles: ['desk'] } }, 200, null],
    ['that an account is needed', '/views/person', {}, 401, null],
    ['the figures of the process', '/metrics', {}, 200, null],
  ] as const)('to pages of other origins: %s', async (_, path, call, status, origin) => {
    const answer = await service.http('GET', path, { ...call, headers: { Origin: 'https://example.org' } });
    expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([status, origin]);
  });

  test('pages of other origins may send no token and write nothing', async () => {
    const headers = { Origin: 'https://example.org', 'Access-Control-Request-Method': 'POST' };
    const answer = await service.http('OPTIONS', '/views/person', {
      headers: { ...headers, 'Access-Control-Request-Headers': 'authorization' },
    });
    expect(answer.headers.get('access-control-allow-methods')).toBe('GET, HEAD');
    expect(answer.headers.get('access-control-allow-headers')).toBe('Accept, Accept-Language, If-None-Match');
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
