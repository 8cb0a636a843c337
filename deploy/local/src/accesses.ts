import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { AccessFound } from '@okienko/chassis/accesses-service';
import { services } from '@okienko/contracts/event';
import { summaryOf } from './accesses-summary';
import { Obstacle } from './obstacle';
import { serviceCommand } from './service-command';
import { run } from './steps';

/** `npm run accesses`: who saw or changed whose data, in all services. */
run(async () => {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({ options: { account: text, person: text, from: text, to: text, out: text } });
  const { out, ...asked } = values;
  if (!asked.account && !asked.person)
    throw new Obstacle('Whose? Say --account <sub> for what an account saw, or --person <id> for who saw a person.');
  const options = Object.entries(asked).flatMap(([name, value]) => (value ? [`--${name}`, value] : []));
  const found: AccessFound[] = [];
  for (const service of services) {
    const { said, code } = await serviceCommand(service, 'accesses', options);
    if (code !== 0) throw new Obstacle(`The access log of ${service} could not be read; its reason stands above.`);
    found.push(
      ...said
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line) as AccessFound),
    );
  }
  found.sort((one, other) => (one.at < other.at ? -1 : 1));
  if (out) {
    // It names persons by id and accounts: nobody else may read it.
    writeFileSync(out, found.map((row) => `${JSON.stringify(row)}\n`).join(''), { mode: 0o600 });
    console.log(`${found.length} rows are in ${out}.`);
  }
  console.log(JSON.stringify(summaryOf(found), undefined, 2));
});
