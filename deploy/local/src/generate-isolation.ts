import { rolesScript } from './database-roles';
import { accountsFile } from './partner-accounts';

const heading = `# Who comes in to the broker, made by \`npm run generate\` from libs/contracts/src/broker-permissions.ts.
# The server reads the passwords from its environment: CENTRE_NATS_PASSWORD for those who keep the streams, CASES_NATS_PASSWORD and so on for the
# services, whose NATS_URL is tls://cases:<password>@<host>. \`npm run partners\` makes a file like it with partners and passwords in it.
`;

/** The server puts variables where no quotes are. */
function brokerUsers(): string {
  const passwordOf = (user: string): string => `$${user.toUpperCase()}_NATS_PASSWORD`;
  const { accounts } = accountsFile('okienko', passwordOf, new Map());
  const text = JSON.stringify({ accounts }, null, 2).replaceAll(/"(\$[A-Z]+_NATS_PASSWORD)"/g, '$1');
  return `${heading}${text.slice(2, -2).replaceAll(/^ {2}/gm, '')}\n`;
}

/** What an ops team needs to keep services apart. */
export const isolationDocuments = (): { readonly path: string; readonly text: string }[] => [
  { path: 'deploy/postgres/roles.sql', text: rolesScript() },
  { path: 'deploy/nats/services.conf', text: brokerUsers() },
];
