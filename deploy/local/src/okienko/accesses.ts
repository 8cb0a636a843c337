import { writeFileSync } from 'node:fs';
import type { AccessFound } from '@okienko/chassis/accesses-service';
import { services } from '@okienko/contracts/event';
import type { Command } from 'commander';
import { Obstacle } from '../obstacle';
import { summaryOf } from './accesses-summary';
import { Deployment } from './deployment';
import { stepOf } from './own-programs';
import { examples, progress } from './telling';

export function addAccesses(program: Command): void {
  const accesses = program
    .command('accesses')
    .description(
      'Says who saw or changed whose data, from the access logs of all services: how many persons, which kinds of data, when and what for. For an account that was taken over, or for somebody who asks. It works on the system of `npm start`; of any other it says the commands.',
    )
    .option('--account <sub>', 'what that account saw and changed')
    .option('--person <id>', 'who saw and changed the data of that person')
    .option('--from <time>', 'only from then on, such as 2026-01-31T12:00:00Z')
    .option('--to <time>', 'only until then')
    .option('--out <file>', 'every row there as a JSON object, readable by you alone')
    .action(async ({ out, ...asked }: Record<string, string | undefined>, command: Command) => {
      if (!asked['account'] && !asked['person'])
        throw new Obstacle(
          'Whose? Say --account <sub> for what an account saw, or --person <id> for who saw a person.',
          'usage',
        );
      const deployment = Deployment.of(command);
      const steps = progress();
      const options = ['account', 'person', 'from', 'to'].flatMap((name) =>
        asked[name] ? [`--${name}`, asked[name]] : [],
      );
      const found: AccessFound[] = [];
      for (const service of services) {
        const { said, code } = await stepOf(deployment, steps, `Reading ${service}`, service, 'accesses', options);
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
        steps.say(`${found.length} rows are in ${out}.`);
      }
      console.log(JSON.stringify(summaryOf(found), undefined, deployment.json ? undefined : 2));
    });
  examples(accesses, 'okienko accesses --account desk-anna --from 2026-01-31T12:00:00Z --out looks.jsonl');
}
