import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Changed } from '@okienko/chassis/http';
import { type Call, type ServiceUnderTest, startForTest } from '@okienko/testing/service-test';
import { catalogueService } from '../service';
import { exampleOffer } from '../service-offers/service-offer-example';
import type { ServiceOfferContent } from '../service-offers/service-offer-content';
import type { SearchResult } from './search.dto';
import { type Filters, searchStatement } from './search-statement';

const as = { sub: 'director-maria', roles: ['director'] } as const;
const examples = join(__dirname, '../../../../../shared/domain/search-queries.json');

interface Examples {
  readonly documents: readonly { readonly id: string; readonly name: string; readonly description: string }[];
  readonly queries: readonly { readonly kind: string; readonly query: string; readonly expected: readonly string[] }[];
}

describe('search', () => {
  let service: ServiceUnderTest;
  beforeAll(async () => {
    service = await startForTest(catalogueService);
  }, 60_000);
  afterAll(() => service.stop());

  const post = async (path: string, body: object, ifMatch?: number): Promise<Changed> => {
    const answer = await service.http<Changed>('POST', path, { as, body, ...(ifMatch ? { ifMatch } : {}) });
    expect([answer.status, answer.body]).toEqual([ifMatch ? 200 : 201, answer.body]);
    return answer.body;
  };
  const publish = async (changes: Partial<ServiceOfferContent>): Promise<string> => {
    const { id } = await post('/service-offers', exampleOffer(changes));
    await post(`/service-offers/${id}/publication`, {}, 1);
    return id;
  };
  const search = async (q: string, more = ''): Promise<SearchResult> => {
    const { status, body } = await service.http<SearchResult>(
      'GET',
      `/service-offer-search?q=${encodeURIComponent(q)}${more}`,
    );
    expect([status, body]).toEqual([200, body]);
    return body;
  };
  const names = ({ items }: SearchResult): string[] => items.map(({ name }) => name.pl);
  /** The vocabulary is counted a moment after a change. */
  const counted = (stem: string): Promise<void> =>
    service.eventually(async () =>
      expect(await service.sql('select from search_vocabulary where stem = $1', [stem])).toHaveLength(1),
    );

  it('finds what has just been published, revised and withdrawn, by any form of a word', async () => {
    const id = await publish({ name: { pl: 'Teleopieka' }, description: { pl: 'Przycisk bezpieczeństwa' } });
    for (const q of ['teleopieki', 'TELEOPIEKĄ', 'przyciskow bezpieczenstwa'])
      expect([q, names(await search(q))]).toEqual([q, ['Teleopieka']]);
    await post(`/service-offers/${id}/revision`, exampleOffer({ name: { pl: 'Opaska SOS' } }), 2);
    expect([names(await search('teleopieka')), names(await search('opaskę'))]).toEqual([[], ['Opaska SOS']]);
    await post(`/service-offers/${id}/withdrawal`, { reasonCode: 'OVER' }, 3);
    expect(names(await search('opaska'))).toEqual([]);
  });

  it('reads a slip as the word that is meant, and says so', async () => {
    await publish({ name: { pl: 'Wypożyczalnia sprzętu rehabilitacyjnego' } });
    await counted('wypozyczaln');
    const result = await search('wyporzyczalnia');
    expect(names(result)).toEqual(['Wypożyczalnia sprzętu rehabilitacyjnego']);
    expect(result.corrections).toEqual([{ typed: 'wyporzyczalnia', read: 'wypożyczalnia' }]);
  }, 30_000);

  it('knows what people say, in a list that the office keeps', async () => {
    await publish({ name: { pl: 'Przewóz osób' } });
    expect(names(await search('taksówka'))).toContain('Przewóz osób');
    const synonyms = (path: string, body: object, who: Call['as'] = as) =>
      service.http<{ items: object[] }>('POST', `/service-offer-search/synonyms${path}`, { as: who, body });
    const word = { said: 'Podwieźć', meant: 'przewóz' };
    expect((await synonyms('', word, { roles: ['desk'] })).status).toBe(403);
    for (let time = 0; time < 2; time += 1)
      expect((await synonyms('', word)).body).toEqual({ said: 'podwieźć', meant: 'przewóz' });
    const { body } = await service.http<{ items: object[] }>('GET', '/service-offer-search/synonyms', { as });
    expect(body.items).toContainEqual({ said: 'podwieźć', meant: 'przewóz' });
    expect((await synonyms('/removal', { said: 'Podwieźć' })).body.items).not.toContainEqual(
      expect.objectContaining({ said: 'podwieźć' }),
    );
    expect((await synonyms('/removal', { said: 'Podwieźć' })).status).toBe(404);
  });

  it('narrows by filters, and counts what is left', async () => {
    const terc = '3261011';
    await publish({
      terc,
      name: { pl: 'Klub pierwszy' },
      targetGroups: ['SENIORS'],
      ages: { from: 60 },
      areas: ['kultura'],
    });
    await publish({ terc, name: { pl: 'Klub drugi' }, targetGroups: ['YOUTH'], ages: { to: 20 }, feeRule: 'FREE' });
    const within = async (more: string): Promise<string[]> =>
      names(await search('klubów', `&terc=${terc}${more}`)).sort();
    expect(await within('')).toEqual(['Klub drugi', 'Klub pierwszy']);
    expect(await within('&targetGroup=SENIORS')).toEqual(['Klub pierwszy']);
    expect(await within('&age=70')).toEqual(['Klub pierwszy']);
    expect(await within('&age=20')).toEqual(['Klub drugi']);
    expect(await within('&area=kultura')).toEqual(['Klub pierwszy']);
    expect(await within('&feeRule=FREE')).toEqual(['Klub drugi']);
    expect(await within('&free=true')).toEqual([]);
    const { facets } = await search('klub', `&terc=${terc}`);
    expect(facets.targetGroup).toEqual([
      { value: 'SENIORS', count: 1 },
      { value: 'YOUTH', count: 1 },
    ]);
    expect(facets.area).toEqual([
      { value: 'kultura', count: 1 },
      { value: 'pomoc-spoleczna', count: 1 },
    ]);
  });

  it('finds what an earlier version has indexed, and counts it once a replica of this version has begun', async () => {
    const id = await publish({ name: { pl: 'Pogotowie zegarmistrzowskie' }, areas: ['kultura'] });
    await service.sql('update offer_search set analysis = 1, facets = null where offer_id = $1', [id]);
    const counts = async (): Promise<number[]> =>
      (await search('zegarmistrzowskie')).facets.area.map(({ count }) => count);
    expect([names(await search('zegarmistrzowskie')), await counts()]).toEqual([['Pogotowie zegarmistrzowskie'], []]);
    const replica = await service.replica();
    await service.eventually(async () => expect(await counts()).toEqual([1]));
    await replica.stop();
  }, 30_000);

  it('reads by the index, and no offers that nothing is asked of', async () => {
    await service.sql(
      `insert into offer_search (offer_id, version, analysis, published, vector, facets)
       select gen_random_uuid(), 1, 0, true, array_to_tsvector(array['wspoln', 'wlasn' || n]), '{area/kultura}' from generate_series(1, 5000) n`,
    );
    await service.sql('analyze offer_search');
    const words = { wanted: `'wspoln' & 'wlasn7'`, stems: [`'wspoln'`, `'wlasn7'`], weights: [1, 2] };
    const plan = async (filters: Filters): Promise<string> => {
      const { text, values } = searchStatement(words, filters, '2026-11-23', 20);
      const rows = await service.sql<{ 'QUERY PLAN': string }>(`explain ${text}`, values);
      return rows.map((row) => row['QUERY PLAN']).join('\n');
    };
    expect(await plan({})).toMatch(/Bitmap Index Scan on offer_search_by_vector/);
    expect(await plan({})).not.toMatch(/Seq Scan|service_offer/);
    expect(await plan({ terc: '3261011' })).toMatch(/service_offer/);
    await service.sql('delete from offer_search where analysis = 0');
  });

  it.each(["'", '\\', "' | '", '& ! :*', 'a:b', '🦊', 'х'.repeat(200), '%', '()', 'nic takiego nie ma'])(
    'finds nothing, and does not fail, for %j',
    async (q) => {
      expect((await search(q)).items).toEqual([]);
    },
  );

  it('refuses a query that is none', async () => {
    for (const query of ['', '?q=', '?q=%20', `?q=${'x'.repeat(201)}`, '?q=x&colour=red', '?q=x&age=old', '?q=%00'])
      expect([query, (await service.http('GET', `/service-offer-search${query}`)).status]).toEqual([query, 400]);
  });

  it('finds what people ask for in Polish, of each kind of query', async () => {
    if (!existsSync(examples))
      return console.info('The example queries are not beside the checkout, so relevance is not measured here.');
    const { documents, queries } = JSON.parse(readFileSync(examples, 'utf8')) as Examples;
    await service.sql(`update offer_search set published = false`);
    const ids = new Map<string, string>();
    for (const { id, name, description } of documents)
      ids.set(await publish({ name: { pl: name }, description: { pl: description }, areas: ['pomoc-spoleczna'] }), id);
    await counted('warsztat');
    await service.eventually(
      async () =>
        expect(
          await service.sql(`select from search_vocabulary where stem = '' and df = $1`, [documents.length]),
        ).toHaveLength(1),
      30_000,
    );
    const results: { kind: string; query: string; recall: number; rank: number }[] = [];
    for (const { kind, query, expected } of queries) {
      const found = (await search(query, '&limit=5')).items.map(({ id }) => ids.get(id) ?? '');
      const hits = expected.filter((id) => found.includes(id)).length;
      const first = found.findIndex((id) => expected.includes(id));
      results.push({ kind, query, recall: hits / Math.min(5, expected.length), rank: first < 0 ? 0 : 1 / (first + 1) });
    }
    const mean = (key: 'recall' | 'rank'): number => results.reduce((sum, one) => sum + one[key], 0) / results.length;
    const weak = results.filter(({ recall, rank }) => recall < 1 || rank < 1);
    console.info(`recall@5 ${mean('recall').toFixed(3)}, MRR ${mean('rank').toFixed(3)}`, weak);
    expect(mean('recall')).toBeGreaterThanOrEqual(0.95);
    expect(mean('rank')).toBeGreaterThanOrEqual(0.92);
  }, 120_000);
});
