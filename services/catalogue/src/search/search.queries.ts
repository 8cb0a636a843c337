import { Injectable } from '@nestjs/common';
import { dayOf } from '@okienko/contracts/calendar';
import { Clock } from '@okienko/messaging/clock';
import { inTransaction } from '@okienko/messaging/transaction';
import { DataSource } from 'typeorm';
import { ServiceOfferQueries } from '../service-offers/service-offers.queries';
import type { ServiceOfferView } from '../service-offers/service-offers.dto';
import { stemOf, type Word, wordsOf } from './polish-analysis';
import { allOffers, anyTerm, dfOf, everyTerm, type Meaning, ranking, type Term } from './query-terms';
import type { Correction, FacetCount, SearchFacets, SearchOffers, SearchResult } from './search.dto';
import { type Filters, type Found, mostRanked, type Ranked, searchStatement } from './search-statement';
import { isOneSlipAway, leastLetters, shadowsOf } from './spelling';

/** Below so many offers with all words, those with any of them are shown as well. */
const enough = 10;
/** Where every word is in more offers than this, whether the index helps depends on the words. */
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
    const find = (wanted: string): Promise<Found> => this.find({ wanted, ...order }, filters, limit, areCommon);
    let found = await find(everyTerm(terms));
    if (found.count < enough) found = await find(anyTerm(terms, mostRanked));
    const scores = new Map((found.top ?? []).map(({ id, score }) => [id, score.toPrecision(3)]));
    const items = (await this.offers.published([...scores.keys()]))
      .sort((a, b) => (scores.get(a.id) === scores.get(b.id) ? freeIn(b) - freeIn(a) : 0))
      .slice(0, limit);
    return { items, corrections: correctionsOf(terms, items), facets: facetsIn(found) };
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

  private async find(words: Ranked, filters: Filters, limit: number, areCommon: boolean): Promise<Found> {
    const { text, values } = searchStatement(words, filters, dayOf(this.clock.now()), limit);
    const [row] = await inTransaction(this.dataSource, (transaction) => {
      for (const setting of planned(areCommon)) transaction.send(setting, []);
      return transaction.query<Found>(text, values);
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

function facetsIn({ facets }: Found): SearchFacets {
  const of = (facet: keyof SearchFacets): FacetCount[] =>
    (facets ?? []).flatMap(([code, count]) => {
      const [of, value = ''] = code.split('/');
      return of === facet ? [{ value, count }] : [];
    });
  return { area: of('area'), legalTrack: of('legalTrack'), feeRule: of('feeRule'), targetGroup: of('targetGroup') };
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
