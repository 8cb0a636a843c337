import { type ServiceUnderTest, startForTest } from '@okienko/testing/service-test';
import { catalogueService } from '../service';
import { exampleOfficeRecord, exampleServiceRecord } from './catalogue-example';
import type { ImportReport } from './catalogues.dto';

const as = { sub: 'director-maria', roles: ['director'] } as const;
const batches = 4;
const perBatch = 250;

interface Listed {
  readonly items: {
    readonly id: string;
    readonly name: { pl: string };
    readonly place: { pl: string };
    readonly details: { edition: string; detail: string; variants: string[] };
  }[];
  readonly next?: string;
}

describe('a large catalogue', () => {
  let service: ServiceUnderTest;
  beforeAll(async () => {
    service = await startForTest(catalogueService);
  }, 60_000);
  afterAll(() => service.stop());

  const batch = (number: number, word: string): object => ({
    offices: [exampleOfficeRecord({ id: `cus-${number}` })],
    services: Array.from({ length: perBatch }, (_, index) =>
      exampleServiceRecord({
        id: `cus-${number}--${index}`,
        officeId: `cus-${number}`,
        namePl: `Usługa ${word}`,
        place: word,
        edition: String(number),
        detail: word,
        variants: [word, word],
      }),
    ),
  });
  const take = async (number: number, word: string): Promise<number[]> => {
    const { status, body } = await service.http<ImportReport>('POST', '/catalogue-imports', {
      as,
      body: batch(number, word),
    });
    expect([status, status === 201 ? '' : body]).toEqual([201, '']);
    return [body.created, body.updated, body.unchanged];
  };
  const inTurn = async (word: string): Promise<number[][]> => {
    const counts: number[][] = [];
    for (let number = 0; number < batches; number += 1) counts.push(await take(number, word));
    return counts;
  };

  /** Reads the directory page by page as anybody may. On a page every offer of a batch says the same word in every field. */
  const look = async (): Promise<Map<string, Set<string>>> => {
    const seen = new Map<string, Set<string>>();
    for (let after = ''; ;) {
      const { status, body } = await service.http<Listed>('GET', `/service-offers?limit=200${after}`);
      expect(status).toBe(200);
      const page = new Map<string, Set<string>>();
      for (const { name, place, details } of body.items) {
        const words = [name.pl.replace('Usługa ', ''), place.pl, details.detail, ...details.variants];
        const before = page.get(details.edition) ?? new Set();
        page.set(details.edition, new Set([...before, ...words]));
      }
      for (const [edition, words] of page) {
        expect([edition, words.size]).toEqual([edition, 1]);
        seen.set(edition, new Set([...(seen.get(edition) ?? []), ...words]));
      }
      if (body.next === undefined) return seen;
      after = `&after=${body.next}`;
    }
  };

  it('is read while it is taken in, each batch as it was before or as it is after', async () => {
    expect(await inTurn('dawniej')).toEqual(Array(batches).fill([perBatch + 1, 0, 0]));
    let done = false;
    const taken = inTurn('teraz').finally(() => (done = true));
    const looks: Map<string, Set<string>>[] = [];
    do looks.push(await look());
    while (!done);
    expect(await taken).toEqual(Array(batches).fill([0, perBatch, 1]));
    for (const seen of looks) {
      expect([...seen.keys()].sort()).toEqual(Array.from({ length: batches }, (_, number) => String(number)));
      for (const words of seen.values()) expect(['dawniej', 'teraz']).toEqual(expect.arrayContaining([...words]));
    }
    expect([...(await look()).values()]).toEqual(Array(batches).fill(new Set(['teraz'])));
    expect(await service.sql(`select from service_offer where state = 'PUBLISHED'`)).toHaveLength(batches * perBatch);
    // Drafted, published and revised; each office registered; each import completed, twice.
    expect(
      await service.sql(
        `select count(*)::int as events, count(*) filter (where event::json->>'id' = id::text
           and (event::json->>'sequence')::int = sequence and event::json->>'subject' = aggregate_id::text)::int as sound from outbox`,
      ),
    ).toEqual([{ events: batches * (perBatch * 3 + 3), sound: batches * (perBatch * 3 + 3) }]);
  }, 120_000);
});
