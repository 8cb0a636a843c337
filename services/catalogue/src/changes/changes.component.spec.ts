import { setTimeout as pause } from 'node:timers/promises';
import type { Changed } from '@okienko/chassis/http';
import { type Answer, type Call, type ServiceUnderTest, startForTest } from '@okienko/testing/service-test';
import fc from 'fast-check';
import { exampleProgramme } from '../programmes/programme-example';
import { catalogueService } from '../service';
import { exampleOffer } from '../service-offers/service-offer-example';
import type { ServiceOfferContent } from '../service-offers/service-offer-content';
import type { ProgrammeChanges, PublishedOffer, ServiceOfferChanges, ServiceOfferSnapshot } from './changes.dto';

/** Changes the offer at once, and commits so many seconds later, long after those that began after it. */
const changing = (id: string, seconds: number): string => `do $$ begin
  update service_offer set content = jsonb_set(content, '{name,pl}', to_jsonb('Powoli ' || clock_timestamp())) where id = '${id}';
  perform pg_sleep(${seconds});
end $$`;

const as = { sub: 'director-maria', roles: ['director'] } as const;

describe('the changes of the directory', () => {
  let service: ServiceUnderTest;
  beforeAll(async () => {
    service = await startForTest(catalogueService, {}, { now: () => new Date('2026-03-10T12:00:00Z') });
  }, 60_000);
  afterAll(() => service.stop());

  const post = async (path: string, body: object, ifMatch?: number): Promise<Changed> => {
    const answer = await service.http<Changed>('POST', path, { as, body, ...(ifMatch ? { ifMatch } : {}) });
    expect([answer.status, answer.body]).toEqual([ifMatch ? 200 : 201, answer.body]);
    return answer.body;
  };
  const read = async <Body>(path: string): Promise<Body> => {
    const { status, body } = await service.http<Body & object>('GET', path);
    expect([status, body]).toEqual([200, body]);
    return body;
  };
  const draft = async (changes: Partial<ServiceOfferContent> = {}) =>
    (await post('/service-offers', exampleOffer(changes))).id;
  const act = (id: string, name: string, body: object, ifMatch: number) =>
    post(`/service-offers/${id}/${name}`, body, ifMatch);
  const publish = async (changes: Partial<ServiceOfferContent> = {}): Promise<string> => {
    const id = await draft(changes);
    await act(id, 'publication', {}, 1);
    return id;
  };
  const changes = (after?: string, limit = 200) =>
    read<ServiceOfferChanges>(`/service-offer-changes?limit=${limit}${after ? `&after=${after}` : ''}`);
  /** Waits until everything committed so far has a position. */
  const settled = () =>
    service.eventually(async () =>
      expect(await service.sql('select from directory_change where position is null')).toEqual([]),
    );
  const now = async (): Promise<string> => {
    await settled();
    return (await read<ServiceOfferSnapshot>('/service-offer-snapshot?limit=1')).position;
  };

  /** Begins a statement that sleeps for a minute, in a transaction of its own. What it gives ends it, and fails if it had ended before. */
  const staysOpen = async (statement: string): Promise<() => Promise<void>> => {
    const ended = expect(service.sql(statement)).rejects.toThrow();
    const running = () =>
      service.sql<{ pid: number }>(
        `select pid from pg_stat_activity where wait_event = 'PgSleep' and query like '%pg_sleep(60)%' and datname = current_database()`,
      );
    await service.eventually(async () => expect(await running()).toHaveLength(1));
    return async () => {
      const [still] = await running();
      expect(await service.sql('select pg_terminate_backend($1) as done', [still?.pid])).toEqual([{ done: true }]);
      await ended;
    };
  };

  it('tell of each offer once, at its newest, and of a withdrawn one that it is gone', async () => {
    const before = await now();
    const [first, second, gone] = [await publish(), await publish(), await publish()];
    await act(first, 'revision', exampleOffer({ name: { pl: 'Inna nazwa' } }), 2);
    await act(gone, 'withdrawal', { reasonCode: 'OVER' }, 2);
    await draft();
    await settled();
    const { items, next, position } = await changes(before);
    expect([items.map(({ id }) => id).sort(), next]).toEqual([[first, second, gone].sort(), undefined]);
    const told = new Map(items.map((item) => [item.id, item]));
    expect(told.get(first)?.offer).toEqual({ ...exampleOffer({ name: { pl: 'Inna nazwa' } }), id: first, version: 3 });
    expect(told.get(gone)).toEqual({ id: gone, at: expect.any(String) as string, deleted: true });
    expect(await changes(position)).toEqual({ items: [], position });
  });

  it('have a tag, until something changes', async () => {
    const ask = (known: string): Promise<Answer> =>
      service.http('GET', '/service-offer-changes?limit=200', { headers: { 'If-None-Match': known } });
    await settled();
    const tag = (await ask('')).headers.get('etag') ?? '';
    expect((await ask(tag)).status).toBe(304);
    await publish();
    await service.eventually(async () => expect((await ask(tag)).status).toBe(200));
  });

  it.each([
    '/areas',
    '/programmes',
    '/programmes/{programme}',
    '/programmes/{programme}/editions',
    '/service-offers',
    '/service-offers/{offer}',
    '/service-offer-search?q=xyzxyzxyz',
    '/service-offer-changes',
    '/service-offer-snapshot',
    '/programme-changes',
    '/offices',
  ])('%s, as every public read, may be kept for a moment by anybody, and what staff see by nobody', async (route) => {
    const { id: programme } = await post('/programmes', exampleProgramme());
    await post(`/programmes/${programme}/adoption`, { resolutionNumber: 'I/1/2026', adoptedOn: '2026-02-01' }, 1);
    const path = route.replace('{programme}', programme).replace('{offer}', await publish());
    await settled();
    const ask = async (known: string, call: Call = {}): Promise<unknown[]> => {
      const { status, headers } = await service.http('GET', path, { headers: { 'If-None-Match': known }, ...call });
      return [status, headers.get('cache-control')?.split(',')[0], headers.get('etag')];
    };
    const [status, kept, tag] = await ask('');
    expect([status, kept, tag]).toEqual([200, 'public', expect.stringMatching(/^W\/"/)]);
    expect(await ask(String(tag))).toEqual([304, 'public', tag]);
    expect((await ask('', { as })).slice(0, 2)).toEqual([200, 'private']);
  });

  it('come although a transaction elsewhere stays open, and one that changes another offer', async () => {
    const slow = await publish();
    const before = await now();
    const end = await staysOpen(changing(slow, 60));
    const id = await publish();
    await service.eventually(async () => expect((await changes(before)).items.map((item) => item.id)).toEqual([id]));
    await end();
  });

  it('get no position while another replica has given some that nobody can see yet', async () => {
    const early = await publish();
    const before = await now();
    const end = await staysOpen(`do $$ begin
      perform pg_advisory_xact_lock(hashtextextended('change-positions ' || current_schema(), 0));
      update directory_change set position = nextval('directory_change_position') where id = '${early}';
      perform pg_sleep(60);
    end $$`);
    const late = await publish();
    // Twice as long as it takes until the next look: a position that is given regardless is there by then.
    await pause(1_000);
    expect(await service.sql('select position from directory_change where id = $1', [late])).toEqual([
      { position: null },
    ]);
    await end();
    await service.eventually(async () => expect((await changes(before)).items.map((item) => item.id)).toEqual([late]));
  });

  it('are told of an offer that an older version of the service, or a hand, has written', async () => {
    const id = await publish();
    const before = await now();
    await service.sql(`update service_offer set state = 'WITHDRAWN' where id = $1`, [id]);
    await service.eventually(async () =>
      expect((await changes(before)).items).toEqual([{ id, at: expect.any(String) as string, deleted: true }]),
    );
  });

  it('of programmes begin with their adoption', async () => {
    const { id } = await post('/programmes', exampleProgramme());
    const seen = async (): Promise<ProgrammeChanges['items']> => {
      await settled();
      return (await read<ProgrammeChanges>('/programme-changes')).items.filter((item) => item.id === id);
    };
    expect(await seen()).toEqual([]);
    await post(`/programmes/${id}/adoption`, { resolutionNumber: 'I/1/2026', adoptedOn: '2026-02-01' }, 1);
    expect((await seen()).map(({ programme }) => programme)).toEqual([await read(`/programmes/${id}`)]);
  });

  it.each([
    ['service-offer-changes', ['x']],
    ['service-offer-changes', ['-1']],
    ['service-offer-changes', ['1', '2']],
    ['service-offer-changes', ['9'.repeat(30)]],
    ['service-offer-changes', ['123456789012345678']],
    ['service-offer-snapshot', ['1', 'x']],
    ['service-offer-snapshot', ['1']],
    ['programme-changes', ["1' or 1=1"]],
  ])('%s refuse the cursor %j', async (path, values) => {
    const after = Buffer.from(JSON.stringify(values)).toString('base64url');
    expect((await service.http('GET', `/${path}?after=${after}`)).status).toBe(400);
  });

  it('added to a snapshot make the directory, whoever writes meanwhile and however long it takes them', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(fc.record({ act: fc.nat(3), which: fc.nat(30), slow: fc.boolean() }), { maxLength: 8 }), {
          minLength: 2,
          maxLength: 4,
        }),
        fc.integer({ min: 1, max: 5 }),
        async (writers, limit) => {
          const offers: { id: string; version: number; state: 'DRAFT' | 'PUBLISHED' | 'WITHDRAWN' }[] = [];
          for (let count = 0; count < 6; count += 1)
            offers.push({ id: await publish(), version: 2, state: 'PUBLISHED' });
          const write = async (acts: (typeof writers)[number]): Promise<void> => {
            for (const { act: kind, which, slow } of acts) {
              const offer = offers[which % offers.length]!;
              if (slow) {
                await service.sql(changing(offer.id, 0.15));
              } else if (kind === 0) {
                offers.push({ id: await draft(), version: 1, state: 'DRAFT' });
              } else {
                const route = ['', 'publication', 'withdrawal', 'revision'][kind]!;
                const body = [{}, {}, { reasonCode: 'OVER' }, exampleOffer({ name: { pl: `Nazwa ${which}` } })][kind]!;
                const { status } = await service.http('POST', `/service-offers/${offer.id}/${route}`, {
                  as,
                  body,
                  ifMatch: offer.version,
                });
                // Out of turn, or another writer was quicker.
                if (status === 200) offer.version += 1;
                else expect([409, 412]).toContain(status);
              }
            }
          };
          const copy = new Map<string, PublishedOffer>();
          const load = async (): Promise<string> => {
            for (let after = ''; ;) {
              const page = await read<ServiceOfferSnapshot>(`/service-offer-snapshot?limit=${limit}${after}`);
              for (const offer of page.items) copy.set(offer.id, offer);
              if (page.next === undefined) return page.position;
              after = `&after=${page.next}`;
            }
          };
          const follow = async (from: string): Promise<string> => {
            for (let after = from; ;) {
              const { items, position } = await changes(after, limit);
              for (const { id, offer } of items) {
                if (offer) copy.set(id, offer);
                else copy.delete(id);
              }
              if (items.length === 0) return position;
              after = position;
            }
          };
          let writing = true;
          const written = Promise.all(writers.map(write)).finally(() => (writing = false));
          let at = await load();
          while (writing) {
            at = await follow(at);
            await pause(5);
          }
          await written;
          await settled();
          await follow(at);
          const rows = await service.sql<{ id: string; version: number; content: ServiceOfferContent }>(
            `select id, version, content from service_offer where state = 'PUBLISHED' order by id`,
          );
          const directory = rows.map(({ content, ...row }) => ({ ...content, ...row }));
          expect([...copy.values()].sort((a, b) => (a.id < b.id ? -1 : 1))).toEqual(directory);
        },
      ),
      // What hangs on who was quicker does not shrink.
      { numRuns: 12, endOnFailure: true },
    );
  }, 120_000);
});
