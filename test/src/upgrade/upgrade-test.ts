import { randomInt } from 'node:crypto';
import { rmSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { Closing } from '@okienko/local/closing';
import { temporaryHome } from '@okienko/local/paths';
import { run } from '@okienko/local/steps';
import { buildNext, buildOf, commitBefore, present } from './builds';
import { runUpgrade } from './run-upgrade';

const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** `npm run upgrade-test`: may each service be deployed, and taken back, by itself and under load. */
run(async () => {
  const { values } = parseArgs({
    options: {
      short: { type: 'boolean', default: false },
      control: { type: 'boolean', default: false },
      from: { type: 'string' },
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
    const folder = temporaryHome();
    closing.add(() => rmSync(folder, { recursive: true, force: true }));
    const ref = control ? undefined : (values.from ?? (short ? undefined : commitBefore()));
    if (!short && !control && ref === undefined)
      say('This clone has no history: N-1 is left out, and N is the version that is upgraded and gone back to.');
    say('Building …');
    const builds = {
      before: ref === undefined ? undefined : await buildOf(ref, folder),
      now: present,
      next: await buildNext('N+1', ['expand.patch'], folder),
      contracted: await buildNext('N+2', ['expand.patch', 'contract.patch'], folder),
    };
    for (const build of Object.values(builds)) if (build) say(`${build.name.padStart(5)}  ${build.from}`);
    const passed = await runUpgrade(closing, say, builds, {
      seed,
      short,
      control,
      keeps,
      load: Number(values.load ?? 5),
    });
    process.exitCode = passed ? 0 : 1;
  } finally {
    await closing.end();
  }
  process.exit();
});
