import { exampleOffer } from '@okienko/catalogue/service-offers/service-offer-example';
import type { Line } from '../report';
import type { Corpus, Query } from './corpus';
import { countVocabulary, fill } from './filling';
import { openCatalogue, ourSearcher } from './ours';
import { rivalSearcher, type Searcher } from './rivals';
import type { World } from './world';

const shown = 5;

export interface Quality {
  readonly recall: number;
  /** Mean reciprocal rank of the first right answer. */
  readonly mrr: number;
}

const mean = (values: readonly number[]): number => values.reduce((sum, one) => sum + one, 0) / values.length;

/** Recall and rank among the first five, as the specification of search counts them. */
export async function judge(
  { find }: Pick<Searcher, 'find'>,
  queries: readonly Query[],
  idOf: (offerId: string) => string,
): Promise<Quality> {
  const results: { recall: number; rank: number }[] = [];
  for (const { query, expected } of queries) {
    const found = (await find(query, shown)).map(idOf);
    const hits = expected.filter((id) => found.includes(id)).length;
    const first = found.findIndex((id) => expected.includes(id));
    results.push({ recall: hits / Math.min(shown, expected.length), rank: first < 0 ? 0 : 1 / (first + 1) });
  }
  return { recall: mean(results.map(({ recall }) => recall)), mrr: mean(results.map(({ rank }) => rank)) };
}

/** Who finds what in the real descriptions. Nothing here depends on how busy the machine is. */
export async function quality(
  world: World,
  { descriptions, judged }: Corpus,
  heldOut: readonly Query[],
  say: (sentence: string) => void,
): Promise<Line[]> {
  const access = await world.catalogue();
  const ids = descriptions.map((_, n) => `00000000-0000-7000-8000-${n.toString(16).padStart(12, '0')}`);
  const offerAt = (n: number) => ({
    id: ids[n] ?? '',
    content: exampleOffer({
      name: { pl: descriptions[n]?.name ?? '' },
      description: { pl: descriptions[n]?.description ?? '' },
    }),
  });
  await fill(access, { count: descriptions.length, offerAt, withPlaces: false, withTrigrams: world.hasTrigrams }, say);
  await countVocabulary(access, descriptions.length);
  const numbers = new Map(ids.map((id, n) => [id, descriptions[n]?.id ?? '']));
  const searchers = [
    ourSearcher(await openCatalogue(access)),
    await rivalSearcher(access.app, 'simple AND'),
    await rivalSearcher(access.app, 'prefix OR'),
    ...(world.hasTrigrams ? [await rivalSearcher(access.app, 'trigram')] : []),
  ];
  const of = async (queries: readonly Query[]): Promise<Map<string, Quality>> => {
    const found = new Map<string, Quality>();
    for (const searcher of searchers)
      found.set(searcher.name, await judge(searcher, queries, (id) => numbers.get(id) ?? ''));
    return found;
  };
  const tell = (what: string, found: ReadonlyMap<string, Quality>): string => {
    const sentence = [...found].map(([name, { recall, mrr }]) => `${name} ${recall.toFixed(3)} / ${mrr.toFixed(3)}`);
    say(`  ${what}: ${sentence.join(', ')}`);
    return sentence.slice(1).join(', ');
  };
  try {
    const lines: Line[] = [];
    if (judged.length > 0) {
      const found = await of(judged);
      const others = tell(`${judged.length} judged queries, recall@5 / MRR`, found);
      const [own, simple] = [found.get('ours'), found.get('simple AND')];
      lines.push(
        { key: 'recallAt5', figure: own?.recall ?? NaN, goal: { atLeast: 0.95 }, what: `judged queries; ${others}` },
        { key: 'mrr', figure: own?.mrr ?? NaN, goal: { atLeast: 0.92 }, what: 'the same' },
        {
          key: 'recallVsSimpleAnd',
          figure: (own?.recall ?? NaN) / (simple?.recall ?? NaN),
          what: 'ours by folded `simple` full text, all words',
        },
      );
    }
    for (const kind of new Set(heldOut.map((query) => query.kind)))
      tell(`held out, ${kind}`, await of(heldOut.filter((query) => query.kind === kind)));
    const found = await of(heldOut);
    const others = tell('held out, all', found);
    lines.push(
      { key: 'heldOutRecallAt5', figure: found.get('ours')?.recall ?? NaN, what: `queries made by rule; ${others}` },
      { key: 'heldOutMrr', figure: found.get('ours')?.mrr ?? NaN, what: 'the same' },
    );
    return lines;
  } finally {
    for (const searcher of searchers) await searcher.close();
  }
}
