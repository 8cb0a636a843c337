import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { nkeys } from '@nats-io/transport-node';
import { partnerPlace } from '@okienko/contracts/streams';
import type { Command } from 'commander';
import { Obstacle } from '../obstacle';
import {
  type AccountsFile,
  accountsFile,
  apiPrefix,
  type BrokerUser,
  partnersIn,
  passwordIn,
} from '../partner-accounts';
import { dataHome, folderOf } from '../paths';
import { randomSecret } from '../secrets';
import { Deployment } from './deployment';
import { answer, examples } from './telling';

const partnerIdShape = /^[A-Za-z0-9._:-]{1,64}$/;

interface Options {
  readonly file?: string;
  readonly servers?: string;
  readonly keep?: boolean;
}

export function addPartners(program: Command): void {
  const partners = program
    .command('partners')
    .description(
      `Who may read events over NATS: each from an account of its own, through its own durable consumer, and nothing else. It writes the accounts file that the server's configuration includes, and a card with the credentials to hand over. \`partnerId\` is the claim of the partner's tokens.`,
    );
  const act = (name: string, description: string): Command =>
    partners
      .command(name)
      .description(description)
      .option('--file <file>', 'the accounts file, usually .okienko/secrets/nats-partners.conf');
  act('list', 'who is there, and the public keys of their credentials').action((options: Options, command: Command) => {
    const held = [...read(fileOf(options)).partners].map(([partnerId, keys]) => ({ partnerId, keys }));
    answer(Deployment.of(command), held, () =>
      held.length === 0 ? 'None.' : held.map(({ partnerId, keys }) => `${partnerId}  ${keys.join(' ')}`).join('\n'),
    );
  });
  act('add <partnerId>', 'an account and its first credentials')
    .option('--servers <url>', 'goes onto the card', 'nats://127.0.0.1:4222')
    .action((partnerId: string, options: Options, command: Command) =>
      change('add', partnerId, options, Deployment.of(command)),
    );
  act('rotate <partnerId>', 'new credentials')
    .option('--servers <url>', 'goes onto the card', 'nats://127.0.0.1:4222')
    .option('--keep', 'the ones before them work beside them until the next rotation')
    .action((partnerId: string, options: Options, command: Command) =>
      change('rotate', partnerId, options, Deployment.of(command)),
    );
  act('revoke <partnerId>', 'its account is gone').action((partnerId: string, options: Options, command: Command) =>
    change('revoke', partnerId, options, Deployment.of(command)),
  );
  partners.addHelpText(
    'after',
    `
The server reads the file when told: \`nats-server --signal reload\`. With it nobody comes in without credentials; the services
come as users of their names, \`okienko streams\` as \`centre\`: NATS_URL=nats://centre:<password in the file>@<host>.`,
  );
  examples(
    partners,
    'okienko partners add powiat --servers tls://nats.example.pl:4222',
    'okienko partners rotate powiat --keep',
  );
}

const fileOf = ({ file }: Options): string =>
  resolve(file ?? join(folderOf(dataHome(), 'secrets'), 'nats-partners.conf'));

function read(file: string): { found: AccountsFile | undefined; partners: Map<string, readonly string[]> } {
  const found = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as AccountsFile) : undefined;
  return { found, partners: new Map(found ? partnersIn(found) : []) };
}

/** Nobody else may read it, and nobody ever sees half of it. */
function write(file: string, content: object): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  writeFileSync(`${file}.new`, `${JSON.stringify(content, undefined, 2)}\n`, { mode: 0o600 });
  chmodSync(`${file}.new`, 0o600);
  renameSync(`${file}.new`, file);
}

/** Changes the accounts file alone; the server reads it when told. */
function change(act: 'add' | 'rotate' | 'revoke', partnerId: string, options: Options, deployment: Deployment): void {
  const { namespace } = deployment;
  const file = fileOf(options);
  if (!partnerIdShape.test(partnerId))
    throw new Obstacle(`Which partner? "${partnerId}" is no id: it is the claim \`partnerId\` of its tokens.`, 'usage');
  const { found, partners } = read(file);
  const keys = partners.get(partnerId);
  if (act === 'add' && keys) throw new Obstacle(`${partnerId} is there already: rotate gives it new credentials.`);
  if (act !== 'add' && !keys) throw new Obstacle(`There is no partner ${partnerId}: list tells who is there.`);

  const told: string[] = [];
  let card: string | undefined;
  if (act === 'revoke') partners.delete(partnerId);
  else {
    const user = nkeys.createUser();
    partners.set(partnerId, [user.getPublicKey(), ...(options.keep ? (keys ?? []).slice(0, 1) : [])]);
    const { stream, durable } = partnerPlace(namespace, partnerId);
    card = join(dirname(file), `${durable}.json`);
    const seed = new TextDecoder().decode(user.getSeed());
    write(card, { servers: options.servers, seed, stream, consumer: durable, apiPrefix });
    told.push(`Hand over ${card} to the partner, and delete it: it holds the only copy of the seed.`);
  }
  const passwordOf = (user: BrokerUser): string => (found && passwordIn(found, user)) ?? randomSecret();
  write(file, accountsFile(namespace, passwordOf, partners));
  if (!found)
    told.push(
      `The server's configuration says \`include ${file}\`, and each service's NATS_URL names the user of its name with the password in it; \`centre\` is for \`okienko streams\`.`,
    );
  told.push('The server knows of it after `nats-server --signal reload`.');
  answer(deployment, { act, partnerId, file, ...(card && { card }) }, () => told.join('\n'));
}
