import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { Closing } from '@okienko/local/closing';
import { run } from '@okienko/local/steps';
import { runScale } from './run-scale';

const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** `npm run scale`: may replicas come and go under load. */
run(async () => {
  const { values } = parseArgs({
    options: {
      short: { type: 'boolean', default: false },
      control: { type: 'boolean', default: false },
      seed: { type: 'string' },
      load: { type: 'string' },
      keep: { type: 'boolean', default: false },
    },
  });
  const { short, control, keep: keeps } = values;
  const seed = values.seed === undefined ? randomInt(1, 1_000_000) : Number(values.seed);
  const closing = new Closing();
  void closing.onInterruption(say).then(() => process.exit(130));
  try {
    const passed = await runScale(closing, say, { seed, short, control, keeps, load: Number(values.load ?? 5) });
    process.exitCode = passed ? 0 : 1;
  } finally {
    await closing.end();
  }
  process.exit();
});
