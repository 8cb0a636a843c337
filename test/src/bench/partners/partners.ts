import { Closing } from '@okienko/local/closing';
import { run } from '@okienko/local/steps';
import { Chance } from '../../chance';
import { type Line, meets, table } from '../report';
import { medianOf, ratio } from '../rounds';
import { hardware } from '../world';
import { drain, flow, type Member, parties } from './flowing';
import { judge } from './judging';
import { compare, startFastSinks } from './limit';
import { settingsFrom } from './settings';
import { prepareWorld } from './world';

/** `npm run bench:partners`: 50 subscriptions, some of whose sinks fail, while events flow and replicas are killed; and the dispatcher's speed. */
run(async () => {
  const settings = settingsFrom(process.argv.slice(2));
  const { seed, short, seconds, perSecond, kills } = settings;
  const chance = new Chance(seed);
  const say = (sentence: string): void => void process.stdout.write(`${sentence}\n`);
  const closing = new Closing();
  const interrupted = closing.onInterruption(say).then(() => process.exit(130));
  try {
    say(`Seed ${seed}${short ? ', short form' : ''}`);
    const fast = await startFastSinks(closing);
    const all = await parties(chance);
    for (const { sink } of all) closing.add(() => Promise.resolve(sink.stop()));
    const world = await prepareWorld(closing, [...fast.places, ...all.map(({ place }) => place)], say);
    say('▸ a backlog to 50 fast sinks, beside a bare client that posts the same signed bytes');
    const figures = await compare(world, fast, settings, chance, say);
    const members: Member[] = [];
    for (const [index, party] of all.entries()) {
      const wish = { ...party.wish, sink: `http://${party.place}/okienko` };
      const subscription = await world.subscribe(`partner-${index}`, party.gminas, wish);
      party.sink.secret = subscription.secret;
      members.push({ ...party, subscription });
    }
    say(`▸ ${perSecond} events a second for ${seconds} s to ${members.length} subscriptions, ${kills} kills`);
    const { published, killedAt } = await flow(world, settings, chance);
    say('▸ what is left');
    await drain(world, members, published);
    const lines: Line[] = [
      ...(await judge(world, members, published, killedAt)),
      { key: 'webhooksPerSecond', figure: medianOf(figures, 'ours'), what: 'of a backlog to fast sinks, two replicas' },
      { key: 'limitPerSecond', figure: medianOf(figures, 'bare'), what: 'by the bare client' },
      { key: 'dispatchVsLimit', figure: ratio(figures, 'ours', 'bare'), goal: { atLeast: 0.5 }, what: 'ours by bare' },
    ];
    const met = lines.every(meets);
    say(`\n${table(lines)}\n`);
    const { versions } = world;
    say(
      `${hardware}; ${Object.entries(versions)
        .map(([name, version]) => `${name} ${version}`)
        .join(', ')}`,
    );
    await closing.end();
    const shown = Object.fromEntries(lines.map(({ key, figure }) => [key, Number(figure.toPrecision(4))]));
    say(JSON.stringify({ bench: 'partners', met, seed, short, hardware, versions, ...shown }));
    process.exit(met ? 0 : 1);
  } catch (error) {
    if (closing.begun) await interrupted;
    await closing.end();
    throw error;
  }
});
