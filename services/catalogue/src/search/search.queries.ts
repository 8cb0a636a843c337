import { Injectable } from '@nestjs/common';
import { dayOf } from '@okienko/contracts/calendar';
import { Clock } from '@okienko/messaging/clock';
import { inTransaction } from '@okienko/messaging/transaction';
import { DataSource } from 'typeorm';
import { hasFreePlace } from '../capacities/live-capacity';
import { Conditions } from '../conditions';
import { narrowed, ServiceOfferQueries } from '../service-offers/service-offers.queries';
import type { ServiceOfferView } from '../service-offers/service-offers.dto';
import { stemOf, type Word, wordsOf } from './polish-analysis';
import { allOffers, anyTerm, dfOf, everyTerm, type Meaning, ranking, type Term } from './query-terms';
import type { Correction, SearchFacets, SearchOffers, SearchResult } from './search.dto';
import { isOneSlipAway, leastLetters, shadowsOf } from './spelling';

interface Found {
  readonly count: number;
  readonly top: readonly { readonly id: string; readonly score: number }[] | null;
  readonly facets: SearchFacets;
}

interface Wanted {
  /** A text search query. */
  readonly wanted: string;
  readonly areCommon: boolean;
  readonly stems: readonly string[];
  readonly weights: readonly number[];
}

/** How many of the offers that match are looked at; ranking more of them would cost more than it brings. Facets tell of the best thousand. */
const mostWithAll = 1000;
const mostWithAny = 3000;
/** Below so many offers with all words, those with any of them are shown as well. */
const enough = 10;
/** Words that are in more offers than this say too little to look for them alone. */
const mostCommon = 20_000;
const mostWords = 12;
const weights = { exact: 1, corrected: 0.9, synonym: 0.7 };
/** Milliseconds that a changed synonym may take to be known. */
const synonymsFor = 30_000;

/**
 * Words of which one is rare are found by the index, whatever the planner believes of them: it takes reading vectors for cheaper than it is.
 * Where all are common, the first thousand offers are full of them, which only a plan for these very words knows. One search gets one core.
 */
const planned = (areCommon: boolean): readonly string[] => [
  `set local plan_cache_mode = ${areCommon ? 'force_custom_plan' : 'force_generic_plan'}`,
  'set local max_parallel_workers_per_gather = 0',
];

const facet = (name: string, values: string): string =>
  `'${name}', (select coalesce(jsonb_agg(f), '[]') from (
     select ${values} as value, count(*)::int as count from best group by 1 order by 2 desc, 1 limit 50) f)`;

@Injectable()
export class SearchQueries {
  private synonyms: ReadonlyMap<string, readonly string[]> = new Map();
  private synonymsUntil = 0;

  constructor(
    private readonly dataSource: DataSource,
    private readonly offers: ServiceOfferQueries,
    private readonly clock: Clock,
  ) {}

  async search({ q, limit = 20, ...filters }: SearchOffers): Promise<SearchResult> {
    const words = [...new Map(wordsOf(q).map((word) => [word.stem, word])).values()].slice(0, mostWords);
    const { terms, offers } = await this.termsOf(words);
    const order = ranking(terms, offers);
    const areCommon = terms.every((term) => dfOf(term) > mostCommon);
    const find = (wanted: string, most: number): Promise<Found> =>
      this.find({ wanted, areCommon, ...order }, filters, most, limit);
    let found = await find(everyTerm(terms), mostWithAll);
    if (found.count < enough) found = await find(anyTerm(terms, mostCommon), mostWithAny);
    const scores = new Map((found.top ?? []).map(({ id, score }) => [id, score.toPrecision(3)]));
    const items = (await this.offers.published([...scores.keys()]))
      .sort((a, b) => (scores.get(a.id) === scores.get(b.id) ? freeIn(b) - freeIn(a) : 0))
      .slice(0, limit);
    return { items, corrections: correctionsOf(terms, items), facets: found.facets };
  }

  private async termsOf(words: readonly Word[]): Promise<{ terms: Term[]; offers: number }> {
    const synonyms = await this.currentSynonyms();
    const stems = words.flatMap(({ stem }) => [stem, ...(synonyms.get(stem) ?? [])]);
    const known = await this.dataSource.query<{ stem: string; df: number }[]>(
      'select stem, df from search_vocabulary where stem = any($1)',
      [[allOffers, ...stems]],
    );
    const dfs = new Map(known.map(({ stem, df }) => [stem, df]));
    const strange = words.map(({ stem }) => stem).filter((stem) => !dfs.has(stem) && stem.length >= leastLetters);
    const corrected = await this.corrected(strange);
    const terms = words.map(({ word, stem }): Term => {
      const correction = corrected.get(stem);
      const meanings: Meaning[] = [
        { stem, weight: weights.exact, df: dfs.get(stem) ?? 0 },
        ...(correction ? [{ ...correction, weight: weights.corrected }] : []),
        ...(synonyms.get(stem) ?? []).map((one) => ({ stem: one, weight: weights.synonym, df: dfs.get(one) ?? 0 })),
      ];
      return { typed: word, meanings, ...(correction ? { corrected: correction.stem } : {}) };
    });
    return { terms, offers: dfs.get(allOffers) ?? 0 };
  }

  /** For each stem that no offer has: the commonest that is one slip away. */
  private async corrected(stems: readonly string[]): Promise<Map<string, { stem: string; df: number }>> {
    if (stems.length === 0) return new Map();
    const near = await this.dataSource.query<{ stem: string; df: number }[]>(
      `select distinct v.stem, v.df from search_shadow s join search_vocabulary v on v.stem = s.stem
       where s.shadow = any($1) order by v.df desc, v.stem`,
      [stems.flatMap(shadowsOf)],
    );
    return new Map(
      stems.flatMap((stem) => {
        const best = near.find((one) => isOneSlipAway(one.stem, stem));
        return best ? [[stem, best] as const] : [];
      }),
    );
  }

  private async find(
    { wanted, areCommon, stems, weights: of }: Wanted,
    { targetGroup, feeRule, age, free, ...filters }: Omit<SearchOffers, 'q' | 'limit'>,
    most: number,
    limit: number,
  ): Promise<Found> {
    const today = dayOf(this.clock.now());
    const where = new Conditions('s.published').and((value) => `s.vector @@ ${value}::tsquery`, wanted);
    const filtersFrom = where.values.length;
    narrowed(where, filters)
      .and((value) => `o.content->'targetGroups' @> to_jsonb(${value}::text)`, targetGroup)
      .and((value) => `o.content->>'feeRule' = ${value}`, feeRule)
      .and(
        (value) => `coalesce((o.content->'ages'->>'from')::int, 0) <= ${value}
          and coalesce((o.content->'ages'->>'to')::int, 150) >= ${value}`,
        age,
      )
      .and(hasFreePlace, free && today);
    // Candidates are kept as narrow as can be, and read of the offers themselves only what has to be: of most of them the score is enough.
    const offers = where.values.length > filtersFrom ? 'join service_offer o on o.id = s.offer_id' : '';
    const sql = `with candidates as materialized (
         select s.offer_id as id, (
             select sum(t.weight * ts_rank(s.vector, t.stem))
             from unnest(${where.value(stems)}::tsquery[], ${where.value(of)}::float8[]) t (stem, weight)
           ) as score
         from offer_search s ${offers}
         where ${where.sql} limit ${where.value(most)}
       ), best as materialized (
         select c.id, c.score, o.content->'areas' as areas, o.content->>'legalTrack' as legal_track,
           o.content->>'feeRule' as fee_rule, o.content->'targetGroups' as target_groups
         from (select id, score from candidates order by score desc, id limit ${where.value(mostWithAll)}) c
         join service_offer o on o.id = c.id
       ), ranked as (
         select id, score from best order by score desc, id limit ${where.value(2 * limit)}
       )
       select (select count(*)::int from candidates) as count,
              (select jsonb_agg(r order by r.score desc, r.id) from ranked r) as top,
              jsonb_build_object(
                ${facet('area', 'jsonb_array_elements_text(areas)')},
                ${facet('legalTrack', 'legal_track')},
                ${facet('feeRule', 'fee_rule')},
                ${facet('targetGroup', `jsonb_array_elements_text(coalesce(target_groups, '[]'))`)}
              ) as facets`;
    const [row] = await inTransaction(this.dataSource, (transaction) => {
      for (const setting of planned(areCommon)) transaction.send(setting, []);
      return transaction.query<Found>(sql, where.values);
    });
    return row as Found;
  }

  private async currentSynonyms(): Promise<ReadonlyMap<string, readonly string[]>> {
    if (Date.now() < this.synonymsUntil) return this.synonyms;
    const rows = await this.dataSource.query<{ said: string; meant: string }[]>(
      'select said, meant from search_synonym',
    );
    this.synonyms = new Map(rows.map(({ said, meant }) => [stemOf(said), wordsOf(meant).map(({ stem }) => stem)]));
    this.synonymsUntil = Date.now() + synonymsFor;
    return this.synonyms;
  }
}

const freeIn = ({ capacity }: ServiceOfferView): number => capacity?.free ?? 0;

/** Told in a word of the offers themselves: a stem is nothing to show anybody. */
function correctionsOf(terms: readonly Term[], items: readonly ServiceOfferView[]): Correction[] {
  const texts = items.map(({ name, description }) => `${name.pl} ${description.pl}`);
  return terms.flatMap(({ typed, corrected }) => {
    if (corrected === undefined) return [];
    const read = texts.flatMap(wordsOf).find(({ stem }) => stem === corrected)?.word;
    return read === undefined ? [] : [{ typed, read: read.toLowerCase() }];
  });
}
