import { fold } from '@okienko/catalogue/search/polish-analysis';
import type { ServiceOfferContent } from '@okienko/catalogue/service-offers/service-offer-content';
import { Client, DatabaseError } from 'pg';

/** Answers a query with ids, best first; what it answers is put into JSON, as an API would. */
export interface Searcher {
  readonly name: string;
  find(query: string, limit: number): Promise<readonly string[]>;
  close(): Promise<unknown>;
}

/** What a team builds with what PostgreSQL brings along: folded texts under the `simple` configuration, and trigrams. */
export const rivalTables = [
  'create table rival (offer_id uuid primary key, folded text not null, words tsvector not null)',
];
export const rivalIndexes = ['create index rival_by_words on rival using gin (words)'];
export const trigramIndexes = ['create index rival_by_trigram on rival using gin (folded gin_trgm_ops)'];
export const insertRivals = `insert into rival (offer_id, folded, words)
  select id::uuid, name || ' ' || rest, setweight(to_tsvector('simple', name), 'A') || to_tsvector('simple', rest)
  from unnest($1::text[], $2::text[], $3::text[]) t (id, name, rest)`;

/** The same texts that our vectors are made of. */
export function rivalTexts({ name, description, targetGroup, place, details = {} }: ServiceOfferContent): {
  name: string;
  rest: string;
} {
  const { components = [], variants = [], scope = [], detail, usageLimit } = details;
  const rest = [targetGroup?.pl, ...components, ...variants, description.pl, ...scope, detail, place?.pl, usageLimit];
  return { name: fold(name.pl), rest: fold(rest.filter((part) => part !== undefined).join(' ')) };
}

const offersOf = (found: string): string => `
  select o.id, o.version, o.state, o.content from (${found}) f join service_offer o on o.id = f.offer_id
  order by f.score desc, o.id`;
const byWords = (asked: string): string =>
  offersOf(`select r.offer_id, ts_rank(r.words, asked) as score from rival r, ${asked} asked
    where r.words @@ asked order by score desc limit $2`);

const prefixes = (query: string): string =>
  (fold(query).match(/[\p{L}\p{N}]+/gu) ?? [])
    .map((word) => `'${word.slice(0, Math.max(4, word.length - 3))}':*`)
    .join(' | ');

interface Rival {
  readonly sql: string;
  readonly asked: (query: string) => string;
}

export const rivals = {
  'simple AND': { sql: byWords(`plainto_tsquery('simple', $1)`), asked: fold },
  'prefix OR': { sql: byWords('to_tsquery($1)'), asked: prefixes },
  trigram: {
    sql: offersOf(`select r.offer_id, word_similarity($1, r.folded) as score from rival r
      where $1 <% r.folded order by score desc limit $2`),
    asked: fold,
  },
} satisfies Readonly<Record<string, Rival>>;

/** Milliseconds after which a search is given up, and counted as so long. */
export const patience = 5_000;

export async function rivalSearcher(url: string, name: keyof typeof rivals, similarity = 0.3): Promise<Searcher> {
  const { sql, asked }: Rival = rivals[name];
  const client = new Client({ connectionString: url, statement_timeout: patience });
  // An interrupted run ends the server while nothing may be asked here.
  client.on('error', () => undefined);
  await client.connect();
  await client.query(`set default_text_search_config = 'simple'`);
  if (name === 'trigram') await client.query(`set pg_trgm.word_similarity_threshold = ${similarity}`);
  return {
    name,
    find: async (query, limit) => {
      try {
        const { rows } = await client.query<{ id: string }>({ name, text: sql, values: [asked(query), limit] });
        JSON.stringify(rows);
        return rows.map(({ id }) => id);
      } catch (error) {
        if (error instanceof DatabaseError && error.code === '57014') return [];
        throw error;
      }
    },
    close: () => client.end(),
  };
}
