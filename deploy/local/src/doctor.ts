import { parseArgs } from 'node:util';
import { services } from '@okienko/contracts/event';
import { Obstacle } from './obstacle';
import { serviceCommand } from './service-command';
import { run } from './steps';

/** `npm run doctor`: is what the services stand on safe, and if not, what is to be done? */
run(async () => {
  const { values } = parseArgs({ options: { service: { type: 'string' }, json: { type: 'boolean' } } });
  const asked = services.filter((service) => (values.service ?? service) === service);
  if (asked.length === 0) throw new Obstacle(`The services are ${services.join(', ')}.`);
  const results: unknown[] = [];
  for (const service of asked) {
    const { said, code } = await serviceCommand(service, 'doctor', values.json ? ['--json'] : [], 'app');
    if (values.json) results.push(JSON.parse(said));
    else process.stdout.write(said);
    if (code !== 0) process.exitCode = 1;
  }
  if (values.json) console.log(JSON.stringify(results));
});
