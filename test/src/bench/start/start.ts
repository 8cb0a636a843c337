import { setTimeout as pause } from 'node:timers/promises';
import { services } from '@okienko/contracts/event';
import { Closing } from '@okienko/local/closing';
import { run } from '@okienko/local/steps';
import { type Line, meets, table } from '../report';
import { median } from '../rounds';
import { argument } from '../settings';
import { hardware } from '../world';
import { type Name, names, prepareWorld, type World } from './world';

const args = process.argv.slice(2);
const short = args.includes('--short');
const settings = {
  rounds: Number(argument(args, '--rounds') ?? (short ? 2 : 5)),
  idleSeconds: Number(argument(args, '--idle') ?? (short ? 10 : 30)),
  requests: short ? 400 : 2_000,
};

const measured = ['seconds', 'cpuSeconds', 'idle', 'idlePss', 'loaded', 'loadedPss'] as const;
type Figures = Record<(typeof measured)[number], number>;

/** `npm run bench:start`: how soon a service is ready, and how much memory it keeps. */
run(async () => {
  const say = (sentence: string): void => void process.stdout.write(`${sentence}\n`);
  const closing = new Closing();
  const interrupted = closing.onInterruption(say).then(() => process.exit(130));
  try {
    const world = await prepareWorld(closing, say);
    const figures = new Map<Name, Figures[]>(names.map((name) => [name, []]));
    for (let number = 0; number <= settings.rounds; number += 1) {
      say(number === 0 ? '  warm-up' : `  round ${number}`);
      for (const [name, found] of await round(world, number)) if (number > 0) figures.get(name)?.push(found);
    }
    const of = (name: Name, figure: keyof Figures): number =>
      median((figures.get(name) ?? []).map((found) => found[figure]));
    const worst = (figure: keyof Figures): number => Math.max(...services.map((service) => of(service, figure)));
    const times = (name: Name, figure: keyof Figures, other: Name): number =>
      median((figures.get(name) ?? []).map((found, at) => found[figure] / (figures.get(other)?.[at]?.[figure] ?? NaN)));
    const all = (figure: keyof Figures, other: Name): number =>
      Math.max(...services.map((service) => times(service, figure, other)));
    say(`\n${'median of rounds'.padEnd(20)}  ready     CPU    idle RSS      Pss  after load RSS      Pss  (MB)`);
    for (const name of names)
      say(
        `${name.padEnd(20)} ${of(name, 'seconds').toFixed(2)} s ${of(name, 'cpuSeconds').toFixed(2).padStart(5)} s ${of(name, 'idle').toFixed(1).padStart(11)} ${of(name, 'idlePss').toFixed(1).padStart(8)} ${of(name, 'loaded').toFixed(1).padStart(15)} ${of(name, 'loadedPss').toFixed(1).padStart(8)}`,
      );
    const lines: Line[] = [
      {
        key: 'startSeconds',
        figure: worst('seconds'),
        goal: { atMost: 1.5 },
        what: 'from spawning to ready, the slowest service',
      },
      { key: 'startCpuSeconds', figure: worst('cpuSeconds'), what: 'of the processors until then' },
      {
        key: 'idleMegabytes',
        figure: worst('idle'),
        goal: { atMost: 115 },
        what: `resident ${settings.idleSeconds} s later, the largest service`,
      },
      {
        key: 'loadedMegabytes',
        figure: worst('loaded'),
        what: `after ${settings.requests} requests, the largest service`,
      },
      {
        key: 'startVsNest',
        figure: all('seconds', 'Nest alone'),
        what: 'of Nest on Fastify with pg from its packages, in the same round',
      },
      { key: 'idleVsNest', figure: all('idle', 'Nest alone'), what: '' },
      { key: 'idleVsNode', figure: all('idle', 'Node alone'), what: 'of Node with pg' },
      {
        key: 'tracesStartSeconds',
        figure: of('cases with traces', 'seconds') - of('cases', 'seconds'),
        what: 'more, with traces switched on',
      },
      {
        key: 'tracesCpuSeconds',
        figure: of('cases with traces', 'cpuSeconds') - of('cases', 'cpuSeconds'),
        what: 'more, of the processors',
      },
      { key: 'tracesMegabytes', figure: of('cases with traces', 'idle') - of('cases', 'idle'), what: 'more, idle' },
      {
        key: 'tracesLoadedMegabytes',
        figure: of('cases with traces', 'loaded') - of('cases', 'loaded'),
        what: 'more, after load',
      },
    ];
    say(`\n${table(lines)}\n\n${hardware}\n`);
    console.log(
      JSON.stringify({
        ...Object.fromEntries(lines.map(({ key, figure }) => [key, Number(figure.toFixed(3))])),
        medians: Object.fromEntries(
          names.map((name) => [
            name,
            Object.fromEntries(measured.map((figure) => [figure, Number(of(name, figure).toFixed(2))])),
          ]),
        ),
        rounds: settings.rounds,
        short,
        hardware,
      }),
    );
    process.exitCode = lines.every(meets) ? 0 : 1;
  } finally {
    await Promise.race([closing.end(), interrupted]);
  }
  process.exit();
});

/** One after the other starts, in another order each time; then all of them are idle, and then all are asked, one after the other. */
async function round(world: World, number: number): Promise<Map<Name, Figures>> {
  const order = names.map((_, at) => names[(at * 3 + number) % names.length] as Name);
  const running = [];
  for (const name of order) {
    running.push({ name, process: await world.start(name) });
    await pause(1000);
  }
  await pause(settings.idleSeconds * 1000);
  const idle = running.map(({ process }) => process.memory());
  for (const { process } of running) await process.load(settings.requests);
  await pause(2000);
  const found = new Map<Name, Figures>();
  for (const [at, { name, process }] of running.entries()) {
    const loaded = process.memory();
    found.set(name, {
      seconds: process.seconds,
      cpuSeconds: process.cpuSeconds,
      idle: idle[at]?.resident ?? NaN,
      idlePss: idle[at]?.proportional ?? NaN,
      loaded: loaded.resident,
      loadedPss: loaded.proportional,
    });
  }
  await Promise.all(running.map(({ process }) => process.stop()));
  return found;
}
