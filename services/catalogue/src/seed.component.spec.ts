import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Changed } from '@okienko/chassis/http';
import { dataCategories } from '@okienko/contracts/data-scope';
import { type ServiceUnderTest, startForTest } from '@okienko/testing/service-test';
import { areas } from './areas/areas';
import { catalogueService } from './service';

interface Seed {
  programme: { body: object; acts: Record<string, object> };
  offers: ({ key: string; legalTrack: string } & object)[];
}
const as = { sub: 'director-maria', roles: ['director'] } as const;

describe('the catalogue of Elbląg and Ostrowiec', () => {
  let service: ServiceUnderTest;
  beforeAll(async () => {
    service = await startForTest(catalogueService, {}, { now: () => new Date('2026-03-10T12:00:00Z') });
  }, 60_000);
  afterAll(() => service.stop());

  const post = async (path: string, body: object, version?: number): Promise<Changed> => {
    const answer = await service.http<Changed>('POST', path, {
      as,
      body,
      ...(version === undefined ? {} : { ifMatch: version }),
    });
    expect([answer.body, answer.status]).toEqual([answer.body, version === undefined ? 201 : 200]);
    return answer.body;
  };

  it.each([
    ['elblag.json', '2861011', 15],
    ['ostrowiec.json', '2607011', 9],
  ] as const)('%s is accepted as it stands, up to publication', async (file, terc, count) => {
    const seed = JSON.parse(readFileSync(join(__dirname, '../seed', file), 'utf8')) as Seed;
    let programme = await post('/programmes', seed.programme.body);
    for (const [act, body] of Object.entries(seed.programme.acts))
      programme = await post(`/programmes/${programme.id}/${act}`, body, programme.version);
    for (const { key: _, ...offer } of seed.offers) {
      const { id } = await post(
        '/service-offers',
        offer.legalTrack === 'PUS' ? { ...offer, programmeId: programme.id } : offer,
      );
      await post(`/service-offers/${id}/publication`, {}, 1);
    }
    const { body } = await service.http<{ items: object[] }>('GET', `/service-offers?terc=${terc}`);
    expect(body.items).toHaveLength(count);
    body.items.forEach((item, index) => {
      const { key: _, ...offer } = seed.offers[index]!;
      expect(item).toMatchObject(offer);
    });
  });

  it('says in which areas of the Act it is divided, to anybody', async () => {
    const { status, body } = await service.http('GET', '/areas');
    expect([status, body]).toEqual([200, { items: areas }]);
  });

  it('says which categories of personal data a programme may list, to anybody', async () => {
    const { status, body } = await service.http('GET', '/data-categories');
    expect([status, body]).toEqual([200, { items: dataCategories }]);
  });
});
