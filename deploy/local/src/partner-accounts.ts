import { permissionsOf } from '@okienko/contracts/broker-permissions';
import { type Service, services } from '@okienko/contracts/event';
import { partnerPlace } from '@okienko/contracts/streams';

/** What of the broker a partner reaches, and under which name in its own account. */
export const apiPrefix = 'SVC.API';
export const centreAccount = 'CENTRE';

interface User {
  readonly nkey: string;
  readonly permissions: object;
}

interface PartnerAccount {
  readonly users: readonly User[];
  readonly imports: readonly object[];
  readonly limits: object;
}

interface CentreAccount {
  readonly jetstream: 'enabled';
  readonly users: readonly { readonly user: string; readonly password: string; readonly permissions?: object }[];
  readonly exports: readonly object[];
}

/** A part of the server's configuration, which includes it; it holds public keys of partners, and nobody's seed. */
export interface AccountsFile {
  readonly accounts: { readonly [name: string]: PartnerAccount | CentreAccount };
}

/** Public keys by partner, the newest first. */
export type PartnerKeys = ReadonlyMap<string, readonly string[]>;

/** More than any honest reader of one durable needs. */
const limits = { max_connections: 4, max_subscriptions: 32, max_payload: 65_536 };

const reached = (namespace: string, partnerId: string) => {
  const { stream, durable } = partnerPlace(namespace, partnerId);
  return {
    account: durable,
    info: `CONSUMER.INFO.${stream}.${durable}`,
    next: `CONSUMER.MSG.NEXT.${stream}.${durable}`,
    acknowledgement: `$JS.ACK.${stream}.${durable}.>`,
  };
};

function exportsTo(namespace: string, partnerId: string): object[] {
  const { account, info, next, acknowledgement } = reached(namespace, partnerId);
  const accounts = [account];
  return [
    { service: `$JS.API.${info}`, accounts },
    { service: `$JS.API.${next}`, response_type: 'stream', accounts },
    { service: acknowledgement, accounts },
  ];
}

function partnerAccount(namespace: string, partnerId: string, keys: readonly string[]): PartnerAccount {
  const { info, next, acknowledgement } = reached(namespace, partnerId);
  const from = (subject: string) => ({ account: centreAccount, subject });
  const permissions = {
    publish: { allow: [`${apiPrefix}.${info}`, `${apiPrefix}.${next}`, acknowledgement] },
    subscribe: { allow: ['_INBOX.>'] },
  };
  return {
    users: keys.map((nkey) => ({ nkey, permissions })),
    imports: [
      // Imported under its own name, `$JS.API` of the partner's account would answer: 503.
      { service: from(`$JS.API.${info}`), to: `${apiPrefix}.${info}` },
      { service: from(`$JS.API.${next}`), to: `${apiPrefix}.${next}` },
      { service: from(acknowledgement) },
    ],
    limits,
  };
}

/** Who comes in with a password: `centre`, for those who keep the streams, and each service with no more rights than it needs. */
export type BrokerUser = 'centre' | Service;
export const brokerUsers: readonly BrokerUser[] = ['centre', ...services];

/** The centre's account holds the streams; nobody comes in without credentials. */
export function accountsFile(
  namespace: string,
  passwordOf: (user: BrokerUser) => string,
  partners: PartnerKeys,
): AccountsFile {
  const accounts: Record<string, PartnerAccount | CentreAccount> = {
    [centreAccount]: {
      jetstream: 'enabled',
      users: [
        { user: 'centre', password: passwordOf('centre') },
        ...services.map((user) => ({ user, password: passwordOf(user), permissions: permissionsOf(namespace, user) })),
      ],
      exports: [...partners.keys()].flatMap((partnerId) => exportsTo(namespace, partnerId)),
    },
  };
  for (const [partnerId, keys] of partners)
    accounts[partnerPlace(namespace, partnerId).durable] = partnerAccount(namespace, partnerId, keys);
  return { accounts };
}

export function passwordIn({ accounts }: AccountsFile, of: BrokerUser = 'centre'): string | undefined {
  return (accounts[centreAccount] as CentreAccount).users.find(({ user }) => user === of)?.password;
}

export function partnersIn({ accounts }: AccountsFile): PartnerKeys {
  return new Map(
    Object.entries(accounts)
      .filter(([name]) => name.startsWith('partner-'))
      .map(([name, { users }]) => [
        name.slice('partner-'.length).replaceAll('=', '.'),
        (users as readonly User[]).map(({ nkey }) => nkey),
      ]),
  );
}
