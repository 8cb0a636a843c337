import { statSync } from 'node:fs';
import type { ServiceConfig } from '../config';
import { type Finding, fine, isLoopback, unsafe, warning } from './finding';

type Environment = Readonly<Record<string, string | undefined>>;

const secretName = /(KEY|SECRET|PASSWORD|TOKEN)$/;
const publicName = /PUBLIC|^TLS_KEY$/;
const usualPasswords = new Set(['', 'postgres', 'password', 'secret', 'test', 'admin', 'changeme', 'okienko', 'nats']);
const leastPassword = 12;
const leastBytes = 8;

/** What the service was told, by itself. */
export function settingsFindings(config: ServiceConfig, environment: Environment): Finding[] {
  const values = Object.entries(config).filter(
    (entry): entry is [string, string] => Boolean(entry[1]) && typeof entry[1] === 'string',
  );
  return [
    ...secretFindings(values),
    ...values.flatMap(([name, value]) => addressFindings(name, value)),
    ...fileFindings(environment),
    ...webFindings(config),
    ...(environment['NODE_TLS_REJECT_UNAUTHORIZED'] === '0'
      ? [
          unsafe(
            'NODE_TLS_REJECT_UNAUTHORIZED',
            'No certificate is checked.',
            'Remove it; NODE_EXTRA_CA_CERTS names the authorities of the centre.',
          ),
        ]
      : []),
    ...(/^(trace|debug)$/.test(config.LOG_LEVEL)
      ? [warning('LOG_LEVEL', `${config.LOG_LEVEL} tells more than a log should keep.`, 'Set it to info.')]
      : []),
  ];
}

function secretFindings(values: readonly [string, string][]): Finding[] {
  const secrets = values.filter(([name, value]) => value !== '' && secretName.test(name) && !publicName.test(name));
  const weak = secrets
    .filter(([, value]) => new Set(Buffer.from(value)).size < leastBytes)
    .map(([name]) => unsafe(name, 'It is no random secret.', 'Make one: openssl rand -base64 32.'));
  const repeated = secrets
    .filter(([name, value]) => secrets.some(([other, same]) => other < name && same === value))
    .map(([name]) => unsafe(name, 'Another secret is the same.', 'Give each its own: openssl rand -base64 32.'));
  const found = [...weak, ...repeated];
  return found.length > 0 ? found : [fine('secrets', `${secrets.length} secrets, each its own.`)];
}

/** Addresses with what protects the way to them. */
const schemes: Readonly<Record<string, string>> = {
  'http:': 'https://',
  'nats:': 'tls://',
  'smtp:': 'smtps://',
};

function addressFindings(name: string, value: string): Finding[] {
  if (!name.endsWith('_URL') && name !== 'OIDC_ISSUER') return [];
  return value.split(',').flatMap((one) => {
    if (!URL.canParse(one)) return [];
    const { protocol, hostname, searchParams, username, password } = new URL(one);
    const known =
      usualPasswords.has(password.toLowerCase()) || password === username || password.length < leastPassword;
    const asked = username !== '' && known;
    const weak = asked
      ? [unsafe(name, 'Its password is short or a usual one.', 'Make one: openssl rand -base64 24.')]
      : [];
    if (isLoopback(hostname)) return [...weak, fine(name, 'It does not leave this machine.')];
    if (protocol.startsWith('postgres'))
      return [
        ...weak,
        ...(searchParams.get('sslmode') === 'verify-full'
          ? [fine(name, 'TLS, and the name is checked.')]
          : [
              unsafe(
                name,
                'The database may be anybody, or be overheard.',
                'Add ?sslmode=verify-full, with sslrootcert if the authority is your own.',
              ),
            ]),
      ];
    const safer = schemes[protocol];
    return [...weak, safer === undefined ? fine(name, 'TLS.') : unsafe(name, 'It may be overheard.', `Use ${safer}.`)];
  });
}

function fileFindings(environment: Environment): Finding[] {
  return Object.entries(environment).flatMap(([name, path]) => {
    if (!name.endsWith('_FILE') || !path) return [];
    const found = statSync(path, { throwIfNoEntry: false });
    if (!found) return [];
    return found.mode & 0o007
      ? [
          unsafe(
            name,
            'Everybody on this machine may read or write the file.',
            'chmod 0440, owned by the account of the service.',
          ),
        ]
      : [fine(name, 'Only the service reads the file.')];
  });
}

function webFindings({ HOST, TLS_CERT, PUBLIC_URL, TRUSTED_PROXIES }: ServiceConfig): Finding[] {
  if (isLoopback(HOST)) return [fine('HOST', 'The service is reached from this machine alone.')];
  return [
    TLS_CERT === undefined
      ? warning(
          'TLS_CERT',
          'The service speaks HTTP without TLS.',
          'Give it TLS_CERT_FILE and TLS_KEY_FILE, or see that a proxy in front ends TLS.',
        )
      : fine('TLS_CERT', 'The service speaks TLS.'),
    ...(TLS_CERT === undefined && TRUSTED_PROXIES === undefined
      ? [
          warning(
            'TRUSTED_PROXIES',
            'Behind a proxy all strangers would look like one.',
            'Name the addresses of the proxies.',
          ),
        ]
      : []),
    ...(PUBLIC_URL === undefined
      ? [
          warning(
            'PUBLIC_URL',
            'Links in problems lead nowhere.',
            'Set it to the address by which clients reach the service.',
          ),
        ]
      : []),
  ];
}
