import { performance } from 'node:perf_hooks';
import type { ServiceAccess } from '@okienko/local/databases';
import { Chance } from '../../chance';
import type { Line } from '../report';
import { type Contestant, median, medianOf, percentile, ratio, rounds, shown } from '../rounds';
import { countVocabulary, fill } from './filling';
import { importing } from './importing';
import type { Offers } from './offers';
import { openCatalogue, ourSearcher } from './ours';
import { rivalSearcher, type Searcher } from './rivals';
import type { Settings } from './settings';
import type { World } from './world';

const page = 20;
/** Queries of one turn. */
const asked = 100;
/** Trigrams take up to seconds for each, and get fewer; above so many offers, where they do not come to an end, they get none. */
const trigrams = { asked: 5, upTo: 100_000 };
/** From so many offers on the machine's noise is smaller than what is measured, and the goals count. */
const goalsFrom = 100_000;

interface Turn extends Contestant {
  /** Milliseconds at the median of each run, the warm-up first. */
  readonly p50s: number[];
}

/** Asks the same queries one by one; its figure is the 95th percentile of their milliseconds. */
function turn(name: string, { find }: Searcher, queries: readonly string[]): Turn {
  const p50s: number[] = [];
  const run = async (): Promise<number> => {
    const times: number[] = [];
    for (const query of queries) {
      const began = performance.now();
      await find(query, page);
      times.push(performance.now() - began);
    }
    p50s.push(median(times));
    return percentile(times, 0.95);
  };
  return { name, p50s, run };
}

/** Milliseconds of a search, at every size, on the same offers. */
export async function timing(
  world: World,
  { seed, rounds: count, sizes, imported }: Settings,
  offers: Offers,
  all: readonly string[],
  say: (sentence: string) => void,
): Promise<Line[]> {
  const chance = new Chance(seed);
  const queries = some(all, asked, chance);
  const turns: Turn[] = [];
  const searchers: Searcher[] = [];
  const lines: Line[] = [];
  const catalogues: ServiceAccess[] = [];
  const at = (name: string, size: number): string => `${name}, ${size.toLocaleString('en')} offers`;
  const enter = (searcher: Searcher, size: number, own = queries): void => {
    searchers.push(searcher);
    turns.push(turn(at(searcher.name, size), searcher, own));
  };
  try {
    for (const size of sizes) {
      const withTrigrams = world.hasTrigrams && size <= trigrams.upTo;
      const access = await world.catalogue();
      catalogues.push(access);
      await fill(access, { count: size, offerAt: (n) => offers.at(n), withPlaces: true, withTrigrams }, say);
      const seconds = await countVocabulary(access, size);
      say(`  ${at('vocabulary', size)}: counted in ${shown(seconds)} s`);
      lines.push({ key: `vocabularySeconds${size}`, figure: seconds, what: 'counting the words of all offers, once' });
      enter(ourSearcher(await openCatalogue(access)), size);
      enter(await rivalSearcher(access.app, 'simple AND'), size);
      enter(await rivalSearcher(access.app, 'prefix OR'), size);
      if (withTrigrams) enter(await rivalSearcher(access.app, 'trigram'), size, some(queries, trigrams.asked, chance));
    }
    const figures = await rounds(count, () => chance.next(), turns, say);
    for (const size of sizes) {
      const told = turns.filter(({ name }) => name.endsWith(at('', size)));
      const others = told.map(
        ({ name, p50s }) => `${name.split(',')[0]} ${shown(median(p50s.slice(1)))} / ${shown(medianOf(figures, name))}`,
      );
      lines.push({
        key: `p95Ms${size}`,
        figure: medianOf(figures, at('ours', size)),
        what: `p50 / p95 ms: ${others.join(', ')}`,
      });
    }
    const [first = 0, middle = first] = sizes;
    const last = sizes.at(-1) ?? first;
    const toSimple = ratio(figures, at('ours', middle), at('simple AND', middle));
    const toPrefix = ratio(figures, at('ours', middle), at('prefix OR', middle));
    const bears = middle >= goalsFrom;
    // One of the two is the goal: the cheap search that finds little, or the usual one that finds about as much.
    const goal = bears && toSimple > 1.5 ? { goal: { atMost: 0.3 } } : {};
    lines.push(
      {
        key: 'timeVsSimpleAnd',
        figure: toSimple,
        ...(bears && toSimple <= 1.5 ? { goal: { atMost: 1.5 } } : {}),
        what: `p95 at ${middle.toLocaleString('en')} offers; the goal is 1.5 here or 0.3 in the next line`,
      },
      { key: 'timeVsPrefixOr', figure: toPrefix, ...goal, what: 'p95 at the same offers' },
    );
    if (last > middle)
      lines.push({
        key: 'growth',
        figure: ratio(figures, at('ours', last), at('ours', middle)),
        ...(bears ? { goal: { atMost: 3 } } : {}),
        what: `p95 at ${last.toLocaleString('en')} by p95 at ${middle.toLocaleString('en')} offers`,
      });
    const grown = catalogues[1] ?? catalogues[0];
    if (grown) lines.push(...(await importing(grown, { count: imported, offers, from: middle }, queries, say)));
    return lines;
  } finally {
    for (const searcher of searchers) await searcher.close();
  }
}

function some<T>(all: readonly T[], most: number, chance: Chance): T[] {
  return all
    .map((one) => [chance.next(), one] as const)
    .sort(([a], [b]) => a - b)
    .slice(0, most)
    .map(([, one]) => one);
}
