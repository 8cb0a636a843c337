import { performance } from 'node:perf_hooks';
import { ServiceOfferCommands } from '@okienko/catalogue/service-offers/service-offers.commands';
import type { ServiceAccess } from '@okienko/local/databases';
import { Clock } from '@okienko/messaging/clock';
import { UnitOfWork } from '@okienko/messaging/unit-of-work';
import type { Line } from '../report';
import { percentile, shown } from '../rounds';
import type { Offers } from './offers';
import { indexWorker, openCatalogue, ourSearcher } from './ours';

const writers = 2;

/** Somebody searches while many offers are drafted and published by the service's own commands, and its worker counts their words. */
export async function importing(
  access: ServiceAccess,
  { count, offers, from }: { count: number; offers: Offers; from: number },
  queries: readonly string[],
  say: (sentence: string) => void,
): Promise<Line[]> {
  const [reading, writing] = [await openCatalogue(access), await openCatalogue(access)];
  const clock = new Clock();
  const commands = new ServiceOfferCommands(new UnitOfWork(writing, clock), clock);
  const worker = indexWorker(writing);
  const { find } = ourSearcher(reading);
  const ask = async (isOver: (asked: number) => boolean): Promise<number[]> => {
    const times: number[] = [];
    while (!isOver(times.length)) {
      const began = performance.now();
      await find(queries[times.length % queries.length] ?? '', 20);
      times.push(performance.now() - began);
    }
    return times;
  };
  try {
    // The first time everything is asked warms up.
    const before = (await ask((asked) => asked >= 2 * queries.length)).slice(queries.length);
    let next = from;
    let told = performance.now();
    const write = async (): Promise<void> => {
      while (next < from + count) {
        const { content } = offers.at(next++);
        const { id, version } = await commands.draft(content);
        await commands.publish(id, version);
        if (performance.now() - told < 3_000) continue;
        say(`  ${(next - from).toLocaleString('en')} of ${count.toLocaleString('en')} offers published`);
        told = performance.now();
      }
    };
    worker.onApplicationBootstrap();
    let over = false;
    const began = performance.now();
    const published = Promise.all(Array.from({ length: writers }, write)).finally(() => (over = true));
    const during = await ask(() => over);
    await published;
    const rate = count / ((performance.now() - began) / 1000);
    return [
      {
        key: 'importingP95VsQuiet',
        figure: percentile(during, 0.95) / percentile(before, 0.95),
        what: `searches while ${count.toLocaleString('en')} offers are published, ${shown(rate)}/s, by what they take otherwise; longest ${shown(Math.max(...during))} ms`,
      },
    ];
  } finally {
    await worker.beforeApplicationShutdown();
    for (const source of [reading, writing]) await source.destroy();
  }
}
