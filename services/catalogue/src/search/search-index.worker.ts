import { Injectable } from '@nestjs/common';
import { Background } from '@okienko/chassis/background';
import { UnitOfWork, type Work } from '@okienko/messaging/unit-of-work';
import { DataSource } from 'typeorm';
import type { ServiceOfferContent } from '../service-offers/service-offer-content';
import { index } from './offer-index';
import { analysis } from './polish-analysis';
import { allOffers } from './query-terms';
import { leastLetters, shadowsOf } from './spelling';

/** Counting takes at most one part in so many of the time. */
const share = 20;
const atOnce = 200;
/** Milliseconds. Commands keep the vectors themselves; this is for what a service of another version has written. */
const analyseEvery = 60 * 60 * 1000;

interface Row {
  readonly id: string;
  readonly version: number;
  readonly state: string;
  readonly content: ServiceOfferContent;
}

/**
 * Keeps what search needs beside the offers: vectors of another analysis are made anew, and the vocabulary is counted when something has
 * changed. Any number of replicas may run it: both can be done twice without harm, and the lock only saves the work.
 */
@Injectable()
export class SearchIndexWorker extends Background {
  protected readonly name = 'search-index';
  protected override readonly lookEvery = 2_000;
  private counted = '-1';
  private nextAnalysis = 0;
  private nextCount = 0;

  constructor(
    private readonly dataSource: DataSource,
    private readonly work: UnitOfWork,
  ) {
    super();
  }

  protected async keep(): Promise<boolean> {
    if (Date.now() >= this.nextAnalysis && (await this.analyse())) return true;
    if (Date.now() >= this.nextCount) await this.count();
    return false;
  }

  /** Offers that were never read, or by another analysis. */
  private async analyse(): Promise<boolean> {
    const rows = await this.dataSource.query<Row[]>(
      `select o.id, o.version, o.state, o.content from service_offer o
       where o.id in (
         (select offer_id from offer_search where analysis < $1 limit $2)
         union all
         (select offer_id from offer_search where analysis > $1 limit $2)
         union all
         (select id from service_offer n where not exists (select from offer_search where offer_id = n.id) limit $2)
       )`,
      [analysis, atOnce],
    );
    await this.work.run((work) => {
      for (const { state, ...row } of rows) index(work, { ...row, published: state === 'PUBLISHED' });
    });
    if (rows.length >= atOnce) return true;
    this.nextAnalysis = Date.now() + analyseEvery;
    return false;
  }

  private async count(): Promise<void> {
    const [now] = await this.dataSource.query<{ change: string }[]>(
      'select coalesce(max(change), 0)::text as change from offer_search',
    );
    if (!now || now.change === this.counted) return;
    const began = Date.now();
    try {
      // Another replica that counts may still fail: what this one has not counted itself it looks at again.
      if (await this.work.run(countWords)) this.counted = now.change;
    } finally {
      // Also after a failure, or what takes long and then fails would be all that is done.
      this.nextCount = Date.now() + (Date.now() - began) * share;
    }
  }
}

/** Whether this one has counted: another replica may be at it. */
async function countWords({ query }: Work): Promise<boolean> {
  // A million offers on a busy server take longer than a request may.
  const [lock] = await query<{ held: boolean }>(
    `select pg_try_advisory_xact_lock(hashtextextended('search-vocabulary ' || current_schema(), 0)) as held,
            set_config('statement_timeout', '10min', true)`,
  );
  if (!lock?.held) return false;
  const fresh = await query<{ stem: string }>(
    `with counted as (
       select word as stem, ndoc as df from ts_stat('select vector from offer_search where published')
       union all select $1, count(*)::int from offer_search where published
     ), gone as (
       delete from search_vocabulary v where not exists (select from counted c where c.stem = v.stem)
     ), changed as (
       update search_vocabulary v set df = c.df from counted c where c.stem = v.stem and c.df <> v.df
     )
     insert into search_vocabulary (stem, df) select stem, df from counted on conflict do nothing returning stem`,
    [allOffers],
  );
  const words = fresh.map(({ stem }) => stem).filter((stem) => stem.length >= leastLetters);
  const cast = words.flatMap((stem) => shadowsOf(stem).map((shadow) => [shadow, stem] as const));
  await query(
    'insert into search_shadow (shadow, stem) select * from unnest($1::text[], $2::text[]) on conflict do nothing',
    [cast.map(([shadow]) => shadow), cast.map(([, stem]) => stem)],
  );
  return true;
}
