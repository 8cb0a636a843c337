import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { type Adapter, Provider } from 'oidc-provider';
import { type ClientAccount, defaultClients } from './clients';
import { listen } from './listen';
import { Obstacle } from './obstacle';
import { confidentialFile, keptSecrets, randomSecret } from './secrets';

export interface IssuerClient extends ClientAccount {
  readonly secret: string;
}

export interface Issuer {
  readonly url: string;
  readonly audience: string;
  readonly tokenEndpoint: string;
  readonly jwksUri: string;
  clients(): IssuerClient[];
  /** Adds an account, or changes the one of that id; it is there after a restart too. */
  addClient(account: ClientAccount): IssuerClient;
  /** An access token from the token endpoint, by the client's own credentials (RFC 6749, 4.4). */
  token(clientId: string): Promise<string>;
  stop(): Promise<void>;
}

const audience = 'okienko';
const hour = 60 * 60;

/**
 * A development OIDC issuer: discovery, JWKS and client credentials; access tokens are JWT (RFC 9068).
 * The keys and the clients' secrets live in the home.
 */
export async function startIssuer(options: {
  home: string;
  port: number;
  /** Loopback, unless services in containers come in. */
  host?: string;
  /** By which others know it, and tokens name it; else its host and port. */
  url?: string;
  clients?: readonly ClientAccount[];
}): Promise<Issuer> {
  const { host = '127.0.0.1', url = `http://${host}:${options.port}` } = options;
  const clients = keptClients(options.home, options.clients ?? defaultClients);
  const provider = new Provider(url, {
    adapter: (model) => storage(model === 'Client' ? (id) => metadataOf(clients.get(id)) : () => undefined),
    jwks: { keys: [signingKey(options.home)] },
    cookies: { keys: [randomSecret()] },
    responseTypes: [],
    ttl: { ClientCredentials: hour },
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      resourceIndicators: {
        enabled: true,
        defaultResource: async () => `urn:${audience}`,
        getResourceServerInfo: async () => ({
          audience,
          scope: '',
          accessTokenFormat: 'jwt',
          accessTokenTTL: hour,
          jwt: { sign: { alg: 'RS256' } },
        }),
      },
    },
    extraTokenClaims: async (_context, { clientId }) => claimsOf(clients.get(clientId)),
  });
  const stop = await listen(createServer(provider.callback()), options.port, host);
  const tokenEndpoint = `${url}/token`;
  return {
    url,
    audience,
    tokenEndpoint,
    jwksUri: `${url}/jwks`,
    clients: clients.all,
    addClient: clients.add,
    token: (id) => requestToken(tokenEndpoint, clients.get(id), id),
    stop,
  };
}

async function requestToken(endpoint: string, client: IssuerClient | undefined, id: string): Promise<string> {
  if (client === undefined) throw new Obstacle(`The development issuer has no account ${id}.`);
  const credentials = Buffer.from(`${encodeURIComponent(client.id)}:${encodeURIComponent(client.secret)}`);
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: { authorization: `Basic ${credentials.toString('base64')}` },
    body: new URLSearchParams({ grant_type: 'client_credentials' }),
  });
  if (!response.ok) throw new Error(`The issuer gave ${id} no token: ${response.status} ${await response.text()}`);
  const { access_token: token } = (await response.json()) as { access_token: string };
  return token;
}

/** Accounts of the list and accounts added later, in one file; an account keeps its secret for good. */
function keptClients(home: string, listed: readonly ClientAccount[]) {
  const file = confidentialFile<ClientAccount[]>(home, 'clients');
  const secretOf = keptSecrets(home, 'client-secrets');
  const accounts = new Map([...listed, ...(file.read() ?? [])].map((account) => [account.id, account]));
  const withSecret = (account: ClientAccount): IssuerClient => ({ ...account, secret: secretOf(account.id) });
  return {
    all: () => [...accounts.values()].map(withSecret),
    get(id: string): IssuerClient | undefined {
      const account = accounts.get(id);
      return account && withSecret(account);
    },
    add(account: ClientAccount): IssuerClient {
      accounts.set(account.id, account);
      file.write([...accounts.values()]);
      return withSecret(account);
    },
  };
}

const metadataOf = (client: IssuerClient | undefined): object | undefined =>
  client && {
    client_id: client.id,
    client_secret: client.secret,
    client_name: client.name,
    grant_types: ['client_credentials'],
    response_types: [],
    redirect_uris: [],
  };

const claimsOf = (client: IssuerClient | undefined): object | undefined =>
  client && {
    roles: client.roles,
    name: client.name,
    unit: client.unit,
    provider_id: client.providerId,
    partner_id: client.partnerId,
  };

/** Clients alone are looked up: tokens are self-contained, and nobody logs in here. */
function storage(find: (id: string) => object | undefined): Adapter {
  const nothing = async () => undefined;
  return {
    find: async (id) => find(id),
    upsert: nothing,
    findByUid: nothing,
    findByUserCode: nothing,
    consume: nothing,
    destroy: nothing,
    revokeByGrantId: nothing,
  };
}

function signingKey(home: string): object {
  const file = confidentialFile<object>(home, 'issuer-key');
  const known = file.read();
  if (known !== undefined) return known;
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const key = { ...privateKey.export({ format: 'jwk' }), kid: randomUUID(), alg: 'RS256', use: 'sig' };
  file.write(key);
  return key;
}
