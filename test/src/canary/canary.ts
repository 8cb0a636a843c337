import { rmSync } from 'node:fs';
import { Closing } from '@okienko/local/closing';
import { startEngines } from '@okienko/local/engines';
import { temporaryHome } from '@okienko/local/paths';
import { run } from '@okienko/local/steps';
import { type Line, meets, table } from '../bench/report';
import { hardware } from '../bench/world';
import { Chance } from '../chance';
import { MarkedRun } from '../marked-run';
import { dumped } from './backups';
import { eraseEverybody, type Erased } from './erasing';
import { plantedAndFound, searched } from './searching';
import { settingsFrom } from './settings';
import { missedTamperings } from './tampering';
import { openVaults } from './vaults';

/** `npm run canary`: marked people go all the way; then everything is searched for them, they are erased, and the log of access is spoilt. */
run(async () => {
  const { short, seed, tamperings } = settingsFrom(process.argv.slice(2));
  const closing = new Closing();
  const marked = new MarkedRun();
  const say = (sentence: string): void => marked.say(sentence);
  const interrupted = closing.onInterruption(say).then(() => process.exit(130));
  try {
    say(`Seed ${seed}${short ? ', short form' : ''}`);
    const home = temporaryHome();
    closing.add(() => rmSync(home, { recursive: true, force: true }));
    const { postgres, nats, stop } = await startEngines({ home, ports: 'free', syncAlways: false });
    closing.add(() => stop());
    process.env['TEST_DATABASE_URL'] = postgres.url;
    process.env['TEST_NATS_URL'] = nats.url;
    say('▸ two marked people go all the way');
    await marked.start();
    closing.add(() => marked.stop());
    const vaults = await openVaults(marked, postgres.url, closing);

    say('▸ every sink is searched');
    const { sinks, found } = await searched(marked, vaults);
    for (const { name, traces } of found) say(`  ${name}: ${traces.length} marked data`);
    const controls = await plantedAndFound(marked);

    say('▸ the log of access is spoilt');
    const chance = new Chance(seed);
    const spoilt = { tampered: 0, missed: 0 };
    for (const name of ['cases', 'notifications'] as const) {
      const done = await missedTamperings(vaults[name], Math.ceil(tamperings / 2), chance);
      spoilt.tampered += done.tampered;
      spoilt.missed += done.missed;
    }

    say('▸ they are erased, and a dump from before is restored');
    const erased = await eraseEverybody(marked, vaults, closing);
    const withDumps = (await dumped(vaults.cases.url)) !== undefined;
    const lines = linesOf({ sinks, found: found.length, controls, spoilt, erased, withDumps });
    const met = lines.every(meets);
    say(`\n${table(lines)}\n`);
    const versions = { node: process.versions.node, postgres: postgres.version, nats: nats.version };
    await closing.end();
    const figures = Object.fromEntries(lines.map(({ key, figure }) => [key, figure]));
    say(JSON.stringify({ proof: 'canary', met, seed, short, hardware, versions, ...figures }));
    process.exit(met ? 0 : 1);
  } catch (error) {
    if (closing.begun) await interrupted;
    await closing.end();
    throw error;
  }
});

interface Outcome {
  readonly sinks: number;
  readonly found: number;
  readonly controls: number;
  readonly spoilt: { readonly tampered: number; readonly missed: number };
  readonly erased: Erased;
  readonly withDumps: boolean;
}

const linesOf = ({ sinks, found, controls, spoilt, erased, withDumps }: Outcome): Line[] => [
  { key: 'sinksSearched', figure: sinks, goal: { atLeast: 60 }, what: 'tables, streams, dumps, pages, logs' },
  { key: 'canariesFound', figure: found, goal: { atMost: 0 }, what: 'of them with anything marked in it' },
  {
    key: 'plantedFound',
    figure: controls,
    goal: { atLeast: 3 },
    what: 'controls: a row, a message and a log line put in',
  },
  { key: 'rowsTampered', figure: spoilt.tampered, what: 'edited, removed or reordered by a superuser' },
  { key: 'tamperedRowsMissed', figure: spoilt.missed, goal: { atMost: 0 }, what: 'that verifying did not find' },
  {
    key: 'readableBefore',
    figure: erased.before,
    goal: { atLeast: 20 },
    what: 'sealed values that open with the master key',
  },
  { key: 'readableErased', figure: erased.after, goal: { atMost: 0 }, what: 'the same once the keys are destroyed' },
  ...(withDumps
    ? [
        {
          key: 'readableRestored',
          figure: erased.restored,
          goal: { atLeast: 20 },
          what: 'control: in a dump from before, restored',
        },
        {
          key: 'readableReplayed',
          figure: erased.replayed,
          goal: { atMost: 0 },
          what: 'there, once the erasures are replayed',
        },
      ]
    : [
        {
          key: 'dumpsRestored',
          figure: 0,
          what: 'no pg_dump here that understands the server: only tables were searched',
        },
      ]),
];
