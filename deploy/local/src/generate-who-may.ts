import { type Role, roles } from '@okienko/chassis/access';
import { type Service, services } from '@okienko/contracts/event';

interface Operation {
  readonly summary: string;
  readonly 'x-roles'?: readonly Role[];
}
interface Described {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

const short: Readonly<Record<Role, string>> = {
  desk: 'desk',
  coordinator: 'coord.',
  'services-organiser': 'serv. org.',
  'community-organiser': 'comm. org.',
  director: 'director',
  finance: 'finance',
  provider: 'provider',
  partner: 'partner',
  auditor: 'auditor',
  operator: 'operator',
};

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

function rowsOf({ paths }: Described): string[] {
  return Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, { 'x-roles': allowed }]) =>
      row([
        `\`${method.toUpperCase()} ${path}\``,
        allowed ? '' : '●',
        ...roles.map((role) => (allowed?.includes(role) ? '●' : '')),
      ]),
    ),
  );
}

function tableOf(service: Service, document: Described): string {
  const head = row(['act', 'no token', ...roles.map((role) => short[role])]);
  const line = row(['---', ...roles.map(() => ':-:'), ':-:']);
  return [`## ${service}`, '', head, line, ...rowsOf(document)].join('\n');
}

const preface = `# Who may call what

Made by \`npm run generate\` from what the code says of each route; not edited by hand. \`npm test\` fails when it is out of date.

Each service is held, cell by cell, against a table that was written by hand from the Act: \`services/cases/src/access/who-may.ts\`,
\`services/catalogue/src/access/who-may.ts\`, \`services/providers/src/access/who-may.component.spec.ts\` and \`who-may-with-orders.ts\`,
\`services/notifications/src/access/who-may.ts\`, each by the component test beside it.

A dot opens the door; what is behind it is a question of its own:

- staff see the rows of their unit; the services organiser, the director and the auditor those of every unit (\`services/cases/src/access/visibility.ts\`, one rule
  for get, list, search and change); what lies in another unit answers like what does not exist;
- matters of another unit can be looked at for some hours with a reason (\`POST /break-glass\`), which is logged, told and judged;
- an account of a provider gets what is its own provider's, whatever other roles it holds, and never an act of art. 49;
- an account of a partner gets its own subscriptions, and in them what its grant says;
- some acts ask for an authorisation that was granted to the account (art. 26, 41), or for somebody else than who drafted.`;

/** The matrix of acts and roles, from the OpenAPI documents of the services. */
export const whoMayTable = (documents: Readonly<Record<Service, object>>): string =>
  `${[preface, ...services.map((service) => tableOf(service, documents[service] as Described))].join('\n\n')}\n`;
