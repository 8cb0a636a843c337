import { performance } from 'node:perf_hooks';
import { facetsOf, searchVector } from '@okienko/catalogue/search/offer-index';
import { analysis } from '@okienko/catalogue/search/polish-analysis';
import type { ServiceAccess } from '@okienko/local/databases';
import { Client, type QueryConfig } from 'pg';
import { pause } from '../rounds';
import { statements } from '../world';
import type { GeneratedOffer } from './offers';
import { indexWorker, openCatalogue } from './ours';
import { insertRivals, rivalIndexes, rivalTexts, trigramIndexes } from './rivals';

const atOnce = 1_000;
/** Milliseconds between two words on how far it is. */
const tellEvery = 3_000;

export interface Filling {
  readonly count: number;
  readonly offerAt: (n: number) => GeneratedOffer;
  /** Whether every third offer has places free. */
  readonly withPlaces: boolean;
  readonly withTrigrams: boolean;
}

/** Offers as commands leave them, in bulk: published, with their vectors by the same analysis; and the rivals' tables beside them. */
export async function fill(
  access: ServiceAccess,
  { count, offerAt, withPlaces, withTrigrams }: Filling,
  say: (sentence: string) => void,
): Promise<void> {
  const client = new Client({ connectionString: access.migrate });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query('drop index offer_search_by_vector');
    let told = performance.now();
    let stored: Promise<unknown> = Promise.resolve();
    for (let done = 0; done < count; done += atOnce) {
      const part = Array.from({ length: Math.min(atOnce, count - done) }, (_, n) => offerAt(done + n));
      const next = statementsFor(part, withPlaces);
      await stored;
      // While these are stored the next ones are made.
      stored = inOrder(client, next);
      if (performance.now() - told > tellEvery) {
        say(`  ${(done + part.length).toLocaleString('en')} of ${count.toLocaleString('en')} offers`);
        told = performance.now();
      }
    }
    await stored;
    if (count > 100_000) say('  indexes');
    await client.query(`set maintenance_work_mem = '512MB'`);
    await client.query('create index offer_search_by_vector on offer_search using gin (vector) where published');
    for (const sql of [...rivalIndexes, ...(withTrigrams ? trigramIndexes : [])]) await client.query(sql);
  } finally {
    await client.end();
  }
  // What was written so fast is first brought to rest, or the rounds would measure that.
  await statements(access.migrate, 'vacuum analyze');
}

/** Offers with their vectors. */
export function published(part: readonly GeneratedOffer[]): readonly QueryConfig[] {
  const ids = part.map(({ id }) => id);
  const contents = part.map(({ content }) => JSON.stringify(content));
  const vectors = part.map(({ content }) => searchVector(content));
  const facets = part.map(({ content }) => facetsOf(content).join(' '));
  return [
    { text: insertOffers, values: [ids, contents] },
    { text: insertVectors, values: [ids, vectors, analysis, facets] },
  ];
}

function statementsFor(part: readonly GeneratedOffer[], withPlaces: boolean): readonly QueryConfig[] {
  const ids = part.map(({ id }) => id);
  const texts = part.map(({ content }) => rivalTexts(content));
  return [
    ...published(part),
    { text: insertCapacities, values: [ids.filter((_, n) => withPlaces && n % 3 === 0)] },
    { text: insertRivals, values: [ids, texts.map(({ name }) => name), texts.map(({ rest }) => rest)] },
  ];
}

async function inOrder(client: Client, all: readonly QueryConfig[]): Promise<void> {
  for (const one of all) await client.query(one);
}

/** Lets the service's own worker count the vocabulary. Returns the seconds that took. */
export async function countVocabulary(access: ServiceAccess, offers: number): Promise<number> {
  const source = await openCatalogue(access);
  const worker = indexWorker(source);
  const began = performance.now();
  worker.onApplicationBootstrap();
  const isCounted = async (): Promise<boolean> =>
    (await source.query<unknown[]>(`select from search_vocabulary where stem = '' and df = $1`, [offers])).length > 0;
  try {
    while (!(await isCounted())) await pause(200);
    return (performance.now() - began) / 1000;
  } finally {
    await worker.beforeApplicationShutdown();
    await statements(access.migrate, 'vacuum analyze search_vocabulary, search_shadow');
    await source.destroy();
  }
}

const insertOffers = `insert into service_offer (id, version, state, content)
  select id::uuid, 2, 'PUBLISHED', content::jsonb from unnest($1::text[], $2::text[]) t (id, content)`;
const insertVectors = `insert into offer_search (offer_id, version, analysis, published, vector, facets)
  select id::uuid, 2, $3::int, true, vector::tsvector, string_to_array(facets, ' ')
  from unnest($1::text[], $2::text[], $4::text[]) t (id, vector, facets)`;
const insertCapacities = `insert into capacity_copy
    (capacity_id, offer_id, provider_id, places, free, available_to, sequence, as_of)
  select id::uuid, id::uuid, id::uuid, 20, 5, '2099-12-31', 1, now() from unnest($1::text[]) t (id)`;
