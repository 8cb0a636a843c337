import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { natsServer } from '@okienko/local/nats-binaries';
import { Obstacle } from '@okienko/local/obstacle';
import { run } from '@okienko/local/steps';
import { Chance } from '../chance';
import { lackingForDisks } from './disk';
import { backboneUnderCuts } from './backbone-under-cuts';
import { cutUnderLoad, type EngineUnderCuts, natsUnderCuts, postgresUnderCuts } from './engine-under-cuts';

const { values: options } = parseArgs({
  options: { short: { type: 'boolean', default: false }, seed: { type: 'string' }, cuts: { type: 'string' } },
});
const seed = Number(options.seed ?? randomInt(1, 2 ** 31));
const cuts = Number(options.cuts ?? (options.short ? 3 : 20));
const nodes = 3;

/** What is cut in turn: all nodes at once, the database, the node that leads the stream alone. */
const turns = ['all', 'postgres', 'leader'] as const;

const opened = new Set<EngineUnderCuts>();
let interrupted = false;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'disconnect'] as const)
  process.on(signal, () => {
    if (!interrupted) console.log('\nStopping after this cut …');
    interrupted = true;
  });

/** Between two steps nothing is half made, and everything can be removed. */
const goOn = (): void => {
  if (interrupted) throw new Obstacle('Stopped before the end.');
};

async function opening(making: Promise<EngineUnderCuts>): Promise<EngineUnderCuts> {
  const engine = await making;
  opened.add(engine);
  goOn();
  engine.sync();
  return engine;
}

async function close(...engines: EngineUnderCuts[]): Promise<void> {
  for (const engine of engines) {
    opened.delete(engine);
    await engine.remove();
  }
}

const row = (...cells: (string | number)[]): void =>
  console.log(
    cells
      .map((cell, index) => String(cell)[index < 2 ? 'padEnd' : 'padStart']([8, 32, 13, 9, 10][index] ?? 9))
      .join('  '),
  );

run(async () => {
  const lacking = lackingForDisks();
  if (lacking) throw new Obstacle(lacking);
  const server = await natsServer(console.log, AbortSignal.timeout(300_000));
  if (server.kind !== 'binary') throw new Obstacle('A nats-server that runs without a container is needed.');
  console.log(`Seed ${seed}; ${server.source}; every engine on disks that forget what was not flushed.\n`);
  const chance = new Chance(seed);
  const recoveries: number[] = [];
  const under = async (name: string, engine: EngineUnderCuts, which: 'all' | 'leader') => {
    const part = which === 'leader' ? 'the leader alone' : 'all of it';
    const result = await cutUnderLoad(engine, which, chance.between(600, 1800));
    goOn();
    row(name, `${engine.name}, ${part}`, result.acknowledged, result.lost, `${result.recoverySeconds.toFixed(1)} s`);
    return result;
  };
  const proof = async () => {
    row('cut', 'of', 'acked so far', 'lost', 'back after');
    const nats = await opening(natsUnderCuts(server.path, nodes, true));
    const postgres = await opening(postgresUnderCuts());
    const worst = new Map<EngineUnderCuts, number>();
    for (let cut = 0; cut < cuts; cut += 1) {
      const turn = turns[cut % turns.length];
      const [engine, which] = turn === 'postgres' ? ([postgres, 'all'] as const) : ([nats, turn ?? 'all'] as const);
      const { lost, recoverySeconds } = await under(`${cut + 1}`, engine, which);
      worst.set(engine, Math.max(worst.get(engine) ?? 0, lost));
      recoveries.push(recoverySeconds);
    }
    const ackedLost = [...worst.values()].reduce((sum, lost) => sum + lost, 0);
    const acked = nats.load.acknowledged.size + postgres.load.acknowledged.size;
    await close(nats, postgres);
    // The same cuts with the usual settings: they must lose, or the cuts prove nothing. One node: three that each lost another end of the
    // stream may stay at "catching up" for ever (seen on 2.15.1), and then nobody can count.
    const lazyNats = await opening(natsUnderCuts(server.path, 1, false));
    const { lost: controlLost } = await under(
      'control',
      { ...lazyNats, name: `${lazyNats.name}, default sync` },
      'all',
    );
    await close(lazyNats);
    const lazyPostgres = await opening(postgresUnderCuts('synchronous_commit=off'));
    const lazy = { ...lazyPostgres, name: `${lazyPostgres.name}, commit off` };
    const { lost: controlLostPostgres } = await under('control', lazy, 'all');
    await close(lazyPostgres);
    goOn();
    const backbone = await backboneUnderCuts(server.path, chance);
    row('backbone', 'outbox and relay, default sync', backbone.committed, backbone.missing, `twice cut`);
    return { cuts, acked, ackedLost, controlLost, controlLostPostgres, backbone };
  };
  try {
    const figures = await proof();
    const recoverySecondsP95 = recoveries.sort((a, b) => a - b)[Math.ceil(recoveries.length * 0.95) - 1] ?? 0;
    const { ackedLost, controlLost, controlLostPostgres, backbone } = figures;
    const faults = [
      ackedLost > 0 && 'Something that was acknowledged is gone.',
      controlLost === 0 && 'NATS lost nothing with its default either: the cuts do not bite.',
      controlLostPostgres === 0 && 'PostgreSQL lost nothing without synchronous commits: the cuts do not bite.',
      backbone.missing > 0 && 'Committed events are not on the stream after the cuts.',
      backbone.outOfOrder > 0 && 'Events are on the stream in another order than they were committed in.',
    ].filter((fault) => fault !== false);
    for (const fault of faults) console.log(`\n✗ ${fault}`);
    process.exitCode = faults.length === 0 ? 0 : 1;
    console.log(`\n${JSON.stringify({ ...figures, recoverySecondsP95: Number(recoverySecondsP95.toFixed(2)), seed })}`);
  } finally {
    await close(...opened);
  }
  process.exit();
});
