import { Closing } from '@okienko/local/closing';
import { run } from '@okienko/local/steps';
import { Chance } from '../chance';
import { type Bench, consume, flow, growth, latencies, relay, write } from './parts';
import { type Line, meets, table } from './report';
import { settingsFrom } from './settings';
import { prepareWorld, versionOf } from './world';

const parts: Readonly<Record<string, (bench: Bench) => Promise<Line[]>>> = {
  relay,
  write,
  consume,
  flow,
  latency: latencies,
  growth,
};
const peers = ['pg-boss', 'graphile-worker', 'pg-transactional-outbox', 'typeorm', 'pg'];

/** `npm run bench:events`: the backbone beside its limits and its peers, in alternating rounds. */
run(async () => {
  const settings = settingsFrom(process.argv.slice(2));
  const say = (sentence: string): void => void process.stdout.write(`${sentence}\n`);
  const closing = new Closing();
  const interrupted = closing.onInterruption(say).then(() => process.exit(130));
  try {
    say(`Seed ${settings.seed}${settings.short ? ', short form' : ''}`);
    const world = await prepareWorld(closing, say);
    const lines: Line[] = [];
    for (const [name, measure] of Object.entries(parts)) {
      if (settings.parts.length > 0 && !settings.parts.includes(name)) continue;
      say(`▸ ${name}`);
      const chance = new Chance(settings.seed);
      lines.push(...(await measure({ world, settings, random: () => chance.next(), say })));
    }
    const versions = { ...world.versions, ...Object.fromEntries(peers.map((name) => [name, versionOf(name)])) };
    const met = lines.every(meets);
    say(`\n${table(lines)}\n`);
    say(
      `${world.hardware}; ${Object.entries(versions)
        .map((pair) => pair.join(' '))
        .join(', ')}; NATS with its default sync_interval`,
    );
    await closing.end();
    const figures = Object.fromEntries(lines.map(({ key, figure }) => [key, Number(figure.toPrecision(4))]));
    say(
      JSON.stringify({
        bench: 'events',
        met,
        seed: settings.seed,
        short: settings.short,
        hardware: world.hardware,
        versions,
        ...figures,
      }),
    );
    process.exit(met ? 0 : 1);
  } catch (error) {
    if (closing.begun) await interrupted;
    await closing.end();
    throw error;
  }
});
