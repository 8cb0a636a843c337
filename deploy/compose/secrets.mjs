// Makes the secrets of compose.yaml, once, on any Node from 18 on: SMTP_URL=smtps://user:password@mail.example.pl node deploy/compose/secrets.mjs [folder]
// What is there already is kept: without the master keys nobody can read what they protect, so this folder is backed up apart from the data.
import { createHash, generateKeyPairSync, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = resolve(process.argv[2] ?? join(dirname(fileURLToPath(import.meta.url)), 'secrets'));
const services = ['catalogue', 'cases', 'providers', 'notifications'];
let made = 0;

/** The containers' accounts read the files, which Compose mounts one by one; on this machine nobody but the owner enters the folder. */
function secret(name, make) {
  const file = join(folder, name);
  if (existsSync(file)) return readFileSync(file, 'utf8').trim();
  const value = make();
  writeFileSync(file, `${value}\n`, { mode: 0o444 });
  made += 1;
  return value;
}

/** Begins with a letter: the broker's configuration would take some digits for a number. */
const password = () => `p${randomBytes(24).toString('hex')}`;
const key = () => randomBytes(32).toString('base64');

const smtp = process.env.SMTP_URL;
if (!smtp && !existsSync(join(folder, 'notifications_smtp_url'))) {
  console.error(
    'Set SMTP_URL to the mail server that messages leave by, such as smtps://user:password@mail.example.pl.',
  );
  process.exit(1);
}
mkdirSync(folder, { recursive: true, mode: 0o700 });

secret('postgres_password', password);
secret('backup_password', password);
const users = ['centre', ...services];
const passwords = secret('nats_passwords', () =>
  [...users.map((user) => `${user.toUpperCase()}_NATS_PASSWORD`), 'CLUSTER_PASSWORD']
    .map((name) => `${name}=${password()}`)
    .join('\n'),
);
for (const user of users) {
  const [, word] = new RegExp(`^${user.toUpperCase()}_NATS_PASSWORD=(.*)$`, 'm').exec(passwords);
  secret(`${user}_nats_url`, () => `nats://${user}:${word}@nats-1:4222,nats-2:4222,nats-3:4222`);
}
for (const service of services) {
  secret(`${service}_database_url`, () => `postgresql://${service}_app:${password()}@postgres:5432/okienko`);
  secret(`${service}_migration_url`, () => `postgresql://${service}_migrate:${password()}@postgres:5432/okienko`);
  secret(`${service}_master_key`, key);
}
secret('catalogue_receipt_key', key);
secret('cases_blind_index_key', key);
secret('providers_answer_token_key', key);
secret('notifications_webhook_key', key);
secret('notifications_unsubscribe_key', key);
secret('notifications_smtp_url', () => smtp);

// A key pair (JWK, P-256) named by its thumbprint (RFC 7638): cases seals, notifications opens.
const sealing = secret('notifications_sealing_private_key', () => {
  const { crv, kty, x, y, d } = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' });
  const kid = createHash('sha256').update(JSON.stringify({ crv, kty, x, y })).digest('base64url');
  return JSON.stringify({ kty, crv, x, y, d, kid, alg: 'ECDH-ES+A256KW' });
});
secret('cases_sealing_public_key', () => JSON.stringify({ ...JSON.parse(sealing), d: undefined }));

console.log(
  made === 0
    ? `All secrets are there already, in ${folder}.`
    : `${made} secrets made in ${folder}: keep a copy of them apart from the data.`,
);
