import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { Closing } from '@okienko/local/closing';
import { Obstacle } from '@okienko/local/obstacle';
import { run } from '@okienko/local/steps';
import { Drill, say, type Variant, variants } from './drill';

/** `npm run restore-drill`: does everything agree after PostgreSQL, NATS or both came back from a backup. */
run(async () => {
  const { values } = parseArgs({
    options: {
      short: { type: 'boolean', default: false },
      only: { type: 'string' },
      rows: { type: 'string' },
      seconds: { type: 'string' },
      keep: { type: 'boolean', default: false },
      seed: { type: 'string' },
    },
  });
  const asked = (values.only?.split(',') ?? variants) as Variant[];
  const unknown = asked.find((one) => !variants.includes(one));
  if (unknown !== undefined) throw new Obstacle(`There is no variant ${unknown}: ${variants.join(', ')}.`);
  const closing = new Closing();
  void closing.onInterruption(say).then(() => process.exit(130));
  try {
    const drill = new Drill(closing, {
      seed: values.seed === undefined ? randomInt(1, 1_000_000) : Number(values.seed),
      seconds: Number(values.seconds ?? (values.short ? 4 : 15)),
      rows: Number(values.rows ?? (values.short ? 0 : 200_000)),
      keeps: values.keep,
    });
    process.exitCode = (await drill.run(variants.filter((one) => asked.includes(one)))) ? 0 : 1;
  } finally {
    await closing.end();
  }
  process.exit();
});
