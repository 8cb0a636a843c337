import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type EventName, isSealed, type Service, serviceOf, services } from '@okienko/contracts/event';
import { events } from '@okienko/contracts/events';
import { checkout } from './paths';

/** Which services have a handler of each event, as their sources say it. */
export function readersOf(): ReadonlyMap<EventName, readonly Service[]> {
  const readers = new Map<EventName, Service[]>(events.map(({ $id }) => [$id, []]));
  for (const service of services) {
    // One handler for all that the other services tell openly (services/notifications/src/rules/heard-events.ts).
    const all = events.filter((contract) => serviceOf(contract.$id) !== 'notifications' && !isSealed(contract));
    const heard = new Set<string>(service === 'notifications' ? all.map(({ $id }) => $id) : []);
    for (const name of sourcesBelow(join('services', service, 'src'))) {
      const text = readFileSync(join(checkout, name), 'utf8');
      for (const [, list = ''] of text.matchAll(/^ *@On(?:Strands)?\(([^)]*)\)/gm))
        for (const constant of list.match(/\w+V\d+/g) ?? []) heard.add(nameOfContract(text, constant, name));
    }
    for (const name of heard) readers.get(name as EventName)?.push(service);
  }
  return readers;
}

function nameOfContract(text: string, constant: string, file: string): string {
  const imported = new RegExp(`\\b${constant}\\b[^;]*? from '@okienko/contracts/([^']+)'`).exec(text)?.[1];
  const contract = imported && readFileSync(join(checkout, 'libs', 'contracts', 'src', `${imported}.ts`), 'utf8');
  const name = contract && /\$id: '([^']+)'/.exec(contract)?.[1];
  if (!name) throw new Error(`${file}: it cannot be told which event ${constant} is.`);
  return name;
}

const sourcesBelow = (folder: string): string[] =>
  readdirSync(join(checkout, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.spec.ts'))
    .map((name) => join(folder, name));

const contracting: readonly (readonly [RegExp, string])[] = [
  [/\bdrop column\b/i, 'drops a column'],
  [/\bdrop table\b/i, 'drops a table'],
  [/\brename\b/i, 'renames'],
  [/\bset not null\b/i, 'demands a value'],
  [/\bdrop constraint\b/i, 'changes a rule'],
];

interface Migration {
  readonly name: string;
  readonly contracts: readonly string[];
}

/** What each migration takes away or narrows on its way up; of most, nothing. */
function migrationsOf(service: Service): Migration[] {
  const folder = join(checkout, 'services', service, 'src', 'migrations');
  return readdirSync(folder)
    .filter((name) => /^\d+-.*\.ts$/.test(name))
    .sort()
    .map((name) => {
      const [up = ''] = readFileSync(join(folder, name), 'utf8').split(/\n {2}async down\(/);
      return {
        name: name.replace(/\.ts$/, ''),
        contracts: contracting.filter(([pattern]) => pattern.test(up)).map(([, what]) => what),
      };
    });
}

const preface = `# What may be deployed in which order

Made by \`npm run generate\` from the contracts, the handlers and the migrations; not edited by hand. \`npm test\` fails when it is out of date.
\`npm run upgrade-test\` proves it under load: every service there and back, alone, among older and among younger ones.

1. **Any service at any time**, as long as each stands at most one release from the others. No service waits for another to start, and none asks
   another; a contract that was published only grows (\`libs/contracts/src/compatibility.ts\`), and what is unknown is passed over in its turn.
2. **Schema before code.** The service's migration runs first, under the version that serves: it expands (a nullable column, a table, an index built
   \`concurrently\`). It waits two seconds for a lock, lets others through, and asks again.
3. **Reader before writer, where a new event matters.** A reader that does not know an event passes over it, and does not hear of it again: first the
   readers of the table below, then the publisher. What was passed over is said again by \`node services/<publisher>/dist/replay.js --to <reader> --run <name>\`
   only to readers that newly listen to the aggregate.
4. **One replica after the other**: SIGTERM, drained, exit 0, then the next. Two versions of a service run side by side for as long as it takes.
5. **Back is the same way without the migration**: the code of the version before runs on the schema of this one.
6. **Contract last.** A migration that takes something away ships in the release after the one that stopped using it, and runs when no replica of an
   older version is left and none is to come back.`;

/** `docs/deploy-order.md`. */
export function deployOrder(version: string): string {
  const readers = readersOf();
  const row = (...cells: string[]): string => `| ${cells.join(' | ')} |`;
  const partsOf = (service: Service): string[] => {
    const own = events.filter((contract) => serviceOf(contract.$id) === service);
    const heard = own.filter(({ $id }) => readers.get($id)?.some((reader) => reader !== 'notifications'));
    const rest = own.length - heard.length;
    const migrations = migrationsOf(service);
    const narrowing = migrations.filter(({ contracts }) => contracts.length > 0);
    return [
      '',
      `## ${service}`,
      '',
      ...(heard.length === 0
        ? []
        : [row('event', 'readers to deploy before a publisher that says more'), row('---', '---')]),
      ...heard.map(({ $id }) => row(`\`${$id}\``, (readers.get($id) ?? []).join(', '))),
      ...(heard.length === 0 ? [] : ['']),
      `${rest} more ${rest === 1 ? 'event is' : 'events are'} read by ${service === 'notifications' ? 'no service' : 'notifications alone (news and partners), or by nobody'}.`,
      '',
      narrowing.length === 0
        ? `${migrations.length} migrations, and every one expands.`
        : `${migrations.length} migrations; all expand but these, which also take away or narrow:`,
      ...(narrowing.length === 0 ? [] : ['', row('migration', 'on its way up it'), row('---', '---')]),
      ...narrowing.map(({ name, contracts }) => row(`\`${name}\``, contracts.join(', '))),
    ];
  };
  const matrix = [
    '',
    `## Who reads whom, in ${version}`,
    '',
    row('publisher', ...services.map((reader) => `read by ${reader}`)),
    row('---', ...services.map(() => '--:')),
    ...services.map((publisher) =>
      row(
        publisher,
        ...services.map((reader) => {
          const count = [...readers].filter(
            ([name, all]) => serviceOf(name) === publisher && all.includes(reader),
          ).length;
          return count === 0 ? '' : `${count} events`;
        }),
      ),
    ),
  ];
  return `${[preface, ...matrix, ...services.flatMap(partsOf)].join('\n')}\n`;
}
