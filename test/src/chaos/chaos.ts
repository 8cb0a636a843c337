import { randomInt } from 'node:crypto';
import { rmSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { Closing } from '@okienko/local/closing';
import { startEngines } from '@okienko/local/engines';
import { temporaryHome } from '@okienko/local/paths';
import { run } from '@okienko/local/steps';
import { runChecker } from './checker-run';
import { runChaos } from './system/run-chaos';

const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** `npm run chaos`: does the system keep its promises under faults; with `--checker`: would we notice if it did not. */
run(async () => {
  const { values } = parseArgs({
    options: {
      short: { type: 'boolean', default: false },
      checker: { type: 'boolean', default: false },
      faults: { type: 'string' },
      events: { type: 'string' },
      seed: { type: 'string' },
      load: { type: 'string' },
      keep: { type: 'boolean', default: false },
    },
  });
  const seed = values.seed === undefined ? randomInt(1, 1_000_000) : Number(values.seed);
  const closing = new Closing();
  void closing.onInterruption(say).then(() => process.exit(130));
  try {
    const passed = values.checker
      ? await checker(closing, seed)
      : await runChaos(closing, say, {
          seed,
          short: values.short,
          keeps: values.keep,
          load: Number(values.load ?? 5),
          faults: Number(values.faults ?? (values.short ? 12 : 100)),
          events: Number(values.events ?? (values.short ? 0 : 200_000)),
        });
    process.exitCode = passed ? 0 : 1;
  } finally {
    await closing.end();
  }
  process.exit();
});

async function checker(closing: Closing, seed: number): Promise<boolean> {
  const home = temporaryHome();
  const engines = await startEngines({ home, ports: 'free', syncAlways: false });
  closing.add(async () => {
    await engines.stop();
    rmSync(home, { recursive: true, force: true });
  });
  return runChecker({ databaseUrl: engines.postgres.url, brokerUrl: engines.nats.url }, seed, say);
}
