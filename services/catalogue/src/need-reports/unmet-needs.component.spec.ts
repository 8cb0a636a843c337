import type { Changed } from '@okienko/chassis/http';
import { type ServiceUnderTest, startForTest } from '@okienko/testing/service-test';
import { catalogueService } from '../service';
import type { NeedReported } from './need-reports.dto';
import type { UnmetNeeds } from './unmet-needs.dto';

const as = { sub: 'organiser-ewa', roles: ['services-organiser'] } as const;
const elblag = '2861011';

describe('figures of unmet needs', () => {
  let service: ServiceUnderTest;
  let today = '2026-02-10';
  beforeAll(async () => {
    service = await startForTest(catalogueService, {}, { now: () => new Date(`${today}T12:00:00Z`) });
    for (const [area, count] of [
      ['kultura', 8],
      ['mieszkalnictwo', 6],
      ['edukacja-publiczna', 2],
    ] as const)
      for (let i = 0; i < count; i += 1) await acknowledged(area, elblag);
    for (let i = 0; i < 4; i += 1) await acknowledged('kultura', '2607011');
  }, 60_000);
  afterAll(() => service.stop());

  const act = async (id: string, name: string, body: object, ifMatch: number): Promise<void> => {
    const { status } = await service.http<Changed>('POST', `/need-reports/${id}/${name}`, { as, body, ifMatch });
    expect(status).toBe(200);
  };
  const acknowledged = async (area: string, terc: string): Promise<string> => {
    const { body } = await service.http<NeedReported>('POST', '/need-reports', { body: { terc, need: 'coś' } });
    await act(body.id, 'acknowledgement', { area }, 1);
    return body.id;
  };
  const told = async (query = '') => (await service.http<UnmetNeeds>('GET', `/unmet-needs${query}`)).body;
  const first = {
    quarter: '2026-Q1',
    smallestFigure: 5,
    items: [{ terc: elblag, total: 16, areas: [{ area: 'kultura', count: 8 }] }],
  };

  it('are told when the quarter is over, and none that is small or gives a small one away', async () => {
    const asked = await service.http('GET', '/unmet-needs?quarter=2026-Q1');
    expect([asked.status, (asked.body as { type: string }).type.split('/').at(-1)]).toEqual([400, 'quarter-not-over']);
    today = '2026-03-31';
    expect((await told()).quarter).toBe('2025-Q4');
    today = '2026-04-01';
    expect(await told()).toEqual(first);
    expect((await service.http('GET', '/unmet-needs', { headers: { Origin: 'https://example.org' } })).status).toBe(
      200,
    );
  });

  it('are not made of other things when less is asked for', async () => {
    today = '2026-04-01';
    expect(await told(`?quarter=2026-Q1&terc=${elblag}`)).toEqual(first);
    expect(await told('?terc=2607011')).toEqual({ ...first, items: [] });
    expect((await told('?area=kultura')).items).toEqual(first.items);
    expect((await told('?area=edukacja-publiczna')).items).toEqual([{ terc: elblag, total: 16, areas: [] }]);
  });

  it('stay as they were published, whatever is dismissed or reported later', async () => {
    today = '2026-03-30';
    const [before, after] = [await acknowledged('kultura', elblag), await acknowledged('kultura', elblag)];
    await act(before, 'dismissal', { reasonCode: 'SPAM' }, 2);
    today = '2026-04-01';
    const published = await told();
    expect(published.items[0]).toMatchObject({ total: 17, areas: [{ area: 'kultura', count: 9 }] });
    await act(after, 'dismissal', { reasonCode: 'SPAM' }, 2);
    await acknowledged('kultura', elblag);
    expect(await told()).toEqual(published);
    today = '2026-07-01';
    expect(await told('?quarter=2026-Q1')).toEqual(published);
    expect(await told()).toEqual({ quarter: '2026-Q2', smallestFigure: 5, items: [] });
  });

  it('refuse a question that is none', async () => {
    for (const query of ['quarter=2026', 'quarter=2026-Q5', 'quarter=', 'terc=1', 'area=seniorzy', 'from=2026-01-01'])
      expect([query, (await service.http('GET', `/unmet-needs?${query}`)).status]).toEqual([query, 400]);
  });
});
