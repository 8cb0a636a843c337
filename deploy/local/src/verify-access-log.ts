import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Service, services } from '@okienko/contracts/event';
import { Obstacle } from './obstacle';
import { serviceCommand } from './service-command';
import { run } from './steps';

/** `npm run verify-access-log`: is the log of who saw whose data what was written? */
run(async () => {
  const { values } = parseArgs({
    options: { service: { type: 'string' }, anchors: { type: 'string' }, json: { type: 'boolean' } },
  });
  const asked = services.filter((service) => (values.service ?? service) === service);
  if (asked.length === 0) throw new Obstacle(`The services are ${services.join(', ')}.`);
  if (values.anchors) mkdirSync(values.anchors, { recursive: true, mode: 0o700 });
  const fileOf = (service: Service): string[] =>
    values.anchors ? ['--file', join(values.anchors, `${service}.jsonl`)] : [];
  const results: unknown[] = [];
  for (const service of asked) {
    const { said, code } = await serviceCommand(service, 'verify-access-log', [
      ...fileOf(service),
      ...(values.json ? ['--json'] : []),
    ]);
    if (values.json) results.push(JSON.parse(said));
    else process.stdout.write(said);
    process.exitCode = Math.max(Number(process.exitCode ?? 0), code ?? 2);
  }
  if (values.json) console.log(JSON.stringify(results));
});
