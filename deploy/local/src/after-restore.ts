import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { services } from '@okienko/contracts/event';
import type { AfterRestored } from '@okienko/messaging/after-restore';
import { Obstacle } from './obstacle';
import { dataHome } from './paths';
import { ownersCommand } from './service-command';
import { run } from './steps';

const standings = {
  same: 'the database that published last',
  complete: 'restored, and nothing is missing',
  earlier: 'taken back in time, or nothing proves the contrary',
};

/** `npm run after-restore`: what a restored database, a lost broker or both need before the services start again. */
run(async () => {
  const { values } = parseArgs({
    options: {
      apply: { type: 'boolean' },
      'dry-run': { type: 'boolean' },
      complete: { type: 'boolean' },
      numbers: { type: 'string' },
      out: { type: 'string', default: join(dataHome(), 'lost-events.jsonl') },
    },
  });
  if (values.apply && values['dry-run']) throw new Obstacle('Either --apply or --dry-run.');
  const options = [
    ...(values.complete ? ['--complete'] : []),
    ...(values.numbers === undefined ? [] : ['--numbers', values.numbers]),
  ];
  // First a look at all: nothing is changed while one of them still runs, or knows what another has forgotten.
  const looks: AfterRestored[] = [];
  for (const service of services) looks.push(await asked(service, options));
  const lost = looks.flatMap((look) => look.lost.map((event) => ({ service: look.service, ...event })));
  if (lost.length > 0) {
    writeFileSync(values.out, lost.map((event) => `${JSON.stringify(event)}\n`).join(''), { mode: 0o600 });
    const ids = `${values.out}.ids`;
    writeFileSync(ids, JSON.stringify(lost.map(({ id }) => id)), { mode: 0o600 });
    for (const [index, service] of services.entries()) looks[index] = await asked(service, [...options, '--lost', ids]);
    rmSync(ids);
  }
  for (const look of looks) process.stdout.write(told(look, Boolean(values.apply)));
  if (lost.length > 0)
    console.log(
      `\n${lost.length} events are on the streams, and their acts are lost: ${values.out} lists them by their ids. People and partners may have heard of them; do them again.`,
    );
  const ahead = looks.filter(({ heardOfLost }) => heardOfLost > 0);
  if (ahead.length > 0)
    throw new Obstacle(
      `${ahead.map(({ service }) => service).join(', ')} acted on what another has lost: restore all databases to one moment (docs/operations/backup-and-restore.md).`,
    );
  if (values.apply)
    for (const look of looks) {
      const seen = `${values.out}.seen`;
      writeFileSync(seen, JSON.stringify(look), { mode: 0o600 });
      process.stdout.write(told(await asked(look.service, [...options, '--apply', '--seen', seen]), true));
      rmSync(seen);
    }
  else console.log('\nNothing was done; with --apply it is (npm run after-restore -- --apply).');
  console.log(
    JSON.stringify({
      applied: Boolean(values.apply),
      lost: lost.length,
      services: looks.map(({ service, database }) => ({ service, database })),
    }),
  );
});

async function asked(service: (typeof services)[number], options: readonly string[]): Promise<AfterRestored> {
  return JSON.parse(await ownersCommand(service, 'after-restore', options)) as AfterRestored;
}

function told(
  { service, database, lost, unheard, heardOfLost, made, saysFrom, followed, applied }: AfterRestored,
  willApply: boolean,
): string {
  if (applied)
    return `  ${service}: made ${made.join(', ') || 'nothing'}${saysFrom === undefined ? '' : `; the outbox is said again from ${saysFrom}`}${
      followed
        ? `; ${Object.entries(followed)
            .map(([what, count]) => `${what} ${count}`)
            .join(', ')}`
        : ''
    }\n`;
  return `${service}: ${standings[database]}\n  lost events ${lost.length}, delivered and forgotten ${unheard ?? 'unknown'}${
    heardOfLost > 0 ? `, acted on what others lost ${heardOfLost}` : ''
  }${willApply || made.length === 0 ? '' : `\n  would make: ${made.join(', ')}`}\n`;
}
