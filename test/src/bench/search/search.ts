import { Closing } from '@okienko/local/closing';
import { run } from '@okienko/local/steps';
import { Chance } from '../../chance';
import { type Line, meets, table } from '../report';
import { hardware } from '../world';
import { corpus } from './corpus';
import { heldOut } from './held-out';
import { Offers } from './offers';
import { quality } from './quality';
import { settingsFrom } from './settings';
import { timing } from './timing';
import { prepareWorld } from './world';

/** `npm run bench:search`: what search finds and how fast, beside what PostgreSQL brings along, in alternating rounds. */
run(async () => {
  const settings = settingsFrom(process.argv.slice(2));
  const { seed, short, perKind } = settings;
  const say = (sentence: string): void => void process.stdout.write(`${sentence}\n`);
  const closing = new Closing();
  const interrupted = closing.onInterruption(say).then(() => process.exit(130));
  try {
    say(`Seed ${seed}${short ? ', short form' : ''}`);
    const world = await prepareWorld(closing, say);
    const texts = corpus(say);
    const made = heldOut(texts.descriptions, perKind, new Chance(seed));
    say('▸ quality');
    const lines: Line[] = await quality(world, texts, made, say);
    say('▸ time');
    const queries = [...texts.judged, ...made].map(({ query }) => query);
    lines.push(...(await timing(world, settings, new Offers(seed, texts), queries, say)));
    const met = lines.every(meets);
    say(`\n${table(lines)}\n`);
    say(`${hardware}; node ${process.versions.node}, postgres ${world.postgres}`);
    await closing.end();
    const figures = Object.fromEntries(lines.map(({ key, figure }) => [key, Number(figure.toPrecision(4))]));
    const p95Ms = Object.fromEntries(
      Object.entries(figures).flatMap(([key, ms]) =>
        key.startsWith('p95Ms') ? [[key.slice('p95Ms'.length), ms]] : [],
      ),
    );
    const versions = { node: process.versions.node, postgres: world.postgres };
    say(JSON.stringify({ bench: 'search', met, seed, short, hardware, versions, p95Ms, ...figures }));
    process.exit(met ? 0 : 1);
  } catch (error) {
    if (closing.begun) await interrupted;
    await closing.end();
    throw error;
  }
});
