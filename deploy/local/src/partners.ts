import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { nkeys } from '@nats-io/transport-node';
import { partnerPlace } from '@okienko/contracts/streams';
import {
  type AccountsFile,
  accountsFile,
  apiPrefix,
  type BrokerUser,
  partnersIn,
  passwordIn,
} from './partner-accounts';
import { Obstacle } from './obstacle';
import { dataHome, folderOf } from './paths';
import { randomSecret } from './secrets';
import { run } from './steps';

const usage = 'Say it as `npm run partners -- add|rotate|revoke|list [partnerId]`; --help tells more.';
const partnerIdShape = /^[A-Za-z0-9._:-]{1,64}$/;

function asked() {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { file: { type: 'string' }, servers: { type: 'string' }, keep: { type: 'boolean' } },
  });
  const [act = '', partnerId = ''] = positionals;
  if (!['add', 'rotate', 'revoke', 'list'].includes(act)) throw new Obstacle(usage);
  if (act !== 'list' && !partnerIdShape.test(partnerId))
    throw new Obstacle(`Which partner? Its id is the claim \`partnerId\` of its tokens. ${usage}`);
  const file = resolve(values.file ?? join(folderOf(dataHome(), 'secrets'), 'nats-partners.conf'));
  return { act, partnerId, file, servers: values.servers ?? 'nats://127.0.0.1:4222', keep: values.keep === true };
}

/** Nobody else may read it, and nobody ever sees half of it. */
function write(file: string, content: object): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  writeFileSync(`${file}.new`, `${JSON.stringify(content, undefined, 2)}\n`, { mode: 0o600 });
  chmodSync(`${file}.new`, 0o600);
  renameSync(`${file}.new`, file);
}

/** `npm run partners`: who reads events over NATS. It changes the accounts file alone; the server reads it when told. */
run(() => {
  const { act, partnerId, file, servers, keep } = asked();
  const namespace = process.env['EVENT_NAMESPACE'] ?? 'okienko';
  const isNew = !existsSync(file);
  const found = isNew ? undefined : (JSON.parse(readFileSync(file, 'utf8')) as AccountsFile);
  const partners = new Map(found ? partnersIn(found) : []);
  const keys = partners.get(partnerId);
  if (act === 'list') {
    for (const [id, held] of partners) console.log(`${id}  ${held.join(' ')}`);
    if (partners.size === 0) console.log('None.');
    return Promise.resolve();
  }
  if (act === 'add' && keys) throw new Obstacle(`${partnerId} is there already: rotate gives it new credentials.`);
  if (act !== 'add' && !keys) throw new Obstacle(`There is no partner ${partnerId}: list tells who is there.`);

  if (act === 'revoke') partners.delete(partnerId);
  else {
    const user = nkeys.createUser();
    partners.set(partnerId, [user.getPublicKey(), ...(keep ? (keys ?? []).slice(0, 1) : [])]);
    const { stream, durable } = partnerPlace(namespace, partnerId);
    const card = join(dirname(file), `${durable}.json`);
    const seed = new TextDecoder().decode(user.getSeed());
    write(card, { servers, seed, stream, consumer: durable, apiPrefix });
    console.log(`Hand over ${card} to the partner, and delete it: it holds the only copy of the seed.`);
  }
  const passwordOf = (user: BrokerUser): string => (found && passwordIn(found, user)) ?? randomSecret();
  write(file, accountsFile(namespace, passwordOf, partners));
  if (isNew)
    console.log(
      `The server's configuration says \`include ${file}\`, and each service's NATS_URL names the user of its name with the password in it; \`centre\` is for \`npm run streams\`.`,
    );
  console.log('The server knows of it after `nats-server --signal reload`.');
  return Promise.resolve();
});
