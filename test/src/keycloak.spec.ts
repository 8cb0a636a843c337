import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { roles } from '@okienko/chassis/access';
import { algorithms, Authentication, claimOf } from '@okienko/chassis/authentication';
import { ServiceConfig } from '@okienko/chassis/config';
import { TestIssuer } from '@okienko/testing/test-issuer';

interface Mapper {
  readonly protocolMapper: string;
  readonly config: Readonly<Record<string, string>>;
}
interface Client {
  readonly clientId: string;
  readonly secret?: string;
  readonly publicClient: boolean;
  readonly standardFlowEnabled: boolean;
  readonly implicitFlowEnabled: boolean;
  readonly directAccessGrantsEnabled: boolean;
  readonly serviceAccountsEnabled: boolean;
  readonly clientAuthenticatorType?: string;
  readonly defaultClientScopes: readonly string[];
  readonly redirectUris?: readonly string[];
  readonly webOrigins?: readonly string[];
  readonly attributes: Readonly<Record<string, string>>;
  readonly protocolMappers: readonly Mapper[];
}
interface Realm {
  readonly accessTokenLifespan: number;
  readonly defaultSignatureAlgorithm: string;
  readonly sslRequired: string;
  readonly registrationAllowed: boolean;
  readonly bruteForceProtected: boolean;
  readonly roles: { readonly realm: readonly { readonly name: string }[] };
  readonly clientScopes: readonly { readonly name: string; readonly protocolMappers: readonly Mapper[] }[];
  readonly clients: readonly Client[];
  readonly users: readonly {
    readonly serviceAccountClientId: string;
    readonly realmRoles: readonly string[];
    readonly attributes: Readonly<Record<string, readonly string[]>>;
  }[];
  readonly components: Readonly<
    Record<string, readonly { readonly config: Readonly<Record<string, readonly string[]>> }[]>
  >;
}

const text = readFileSync(join(__dirname, '..', '..', 'deploy', 'keycloak', 'realm-okienko.json'), 'utf8');
const realm = JSON.parse(text) as Realm;
const [scope] = realm.clientScopes;
const mappers = scope?.protocolMappers ?? [];
const inTokens = (mapper: Mapper): boolean => mapper.config['access.token.claim'] === 'true';
const claimed = (from: readonly Mapper[]): string[] => from.flatMap(({ config }) => config['claim.name'] ?? []).sort();

// There is no Keycloak here: this holds the file against what the services read, not against a running server.
describe('the realm of a city', () => {
  it('has the roles of the services, and no other', () => {
    expect(realm.roles.realm.map(({ name }) => name).sort()).toEqual([...roles].sort());
    for (const { realmRoles } of realm.users) for (const role of realmRoles) expect(roles).toContain(role);
  });

  it('puts into access tokens exactly the claims that the services read', () => {
    expect(mappers.every(inTokens)).toBe(true);
    expect(claimed(mappers)).toEqual(Object.values(claimOf).sort());
    expect(mappers.map(({ protocolMapper }) => protocolMapper)).toContain('oidc-sub-mapper');
    const audience = mappers.find(({ protocolMapper }) => protocolMapper === 'oidc-audience-mapper');
    expect(audience?.config['included.custom.audience']).toBe(new ServiceConfig().OIDC_AUDIENCE);
    for (const { clientId, defaultClientScopes, protocolMappers, attributes } of realm.clients) {
      expect(defaultClientScopes).toEqual([scope?.name]);
      expect(claimed(protocolMappers)).toEqual(['client_id']);
      expect(protocolMappers[0]?.config['claim.value']).toBe(clientId);
      expect(attributes['access.token.header.type.rfc9068']).toBe('true');
    }
  });

  it('gives tokens of ten minutes at most, signed as the services accept it', () => {
    expect(algorithms).toContain(realm.defaultSignatureAlgorithm);
    const lives = [
      realm.accessTokenLifespan,
      ...realm.clients.map(({ attributes }) => attributes['access.token.lifespan']),
    ];
    for (const seconds of lives) expect(Number(seconds ?? 0)).toBeLessThanOrEqual(600);
  });

  it('makes a token that the services take for who it is', async () => {
    const issuer = await TestIssuer.start();
    const authentication = new Authentication({ issuer: issuer.url, audience: 'okienko' });
    for (const { serviceAccountClientId: account, realmRoles, attributes } of realm.users) {
      const own = Object.fromEntries(Object.entries(attributes).map(([claim, [value]]) => [claim, value]));
      const token = await issuer.token({ sub: account }, { [claimOf.roles]: realmRoles, ...own, client_id: account });
      const { partner_id: partnerId, provider_id: providerId } = own;
      const { principal } = await authentication.check(`Bearer ${token}`);
      expect(principal).toEqual({
        sub: account,
        roles: realmRoles,
        ...(partnerId && { partnerId }),
        ...(providerId && { providerId }),
      });
    }
    await issuer.stop();
  });

  it('lets nobody in by a password of an application, by a wide address or by a secret in this file', () => {
    expect(text).not.toMatch(/"(secret|credentials|privateKey)"/);
    for (const client of realm.clients) {
      expect([client.clientId, client.implicitFlowEnabled, client.directAccessGrantsEnabled]).toEqual([
        client.clientId,
        false,
        false,
      ]);
      for (const address of [...(client.redirectUris ?? []), ...(client.webOrigins ?? [])])
        expect(address).toMatch(/^https:\/\/[a-z.]+(\/[a-z-]+)?$/);
      if (client.standardFlowEnabled) expect(client.attributes['pkce.code.challenge.method']).toBe('S256');
      else
        expect(client).toMatchObject({
          serviceAccountsEnabled: true,
          publicClient: false,
          clientAuthenticatorType: 'client-jwt',
        });
    }
    expect(realm).toMatchObject({ sslRequired: 'all', registrationAllowed: false, bruteForceProtected: true });
  });

  it('tells the services of every log-out, and lets nobody change their own unit, provider or partner', () => {
    for (const { standardFlowEnabled, attributes } of realm.clients.filter((client) => client.standardFlowEnabled))
      expect([
        standardFlowEnabled,
        attributes['backchannel.logout.url'],
        attributes['backchannel.logout.session.required'],
      ]).toEqual([true, expect.stringMatching(/^https:.*\/backchannel-logout$/), 'true']);
    const [provider] = realm.components['org.keycloak.userprofile.UserProfileProvider'] ?? [];
    const profile = JSON.parse(provider?.config['kc.user.profile.config']?.[0] ?? '{}') as {
      attributes: { name: string; permissions: { edit: string[] } }[];
      unmanagedAttributePolicy?: string;
    };
    const sealed = profile.attributes.filter(({ name }) =>
      mappers.some(({ config }) => config['user.attribute'] === name),
    );
    expect(sealed.map(({ name, permissions }) => [name, permissions.edit])).toEqual(
      [claimOf.unit, claimOf.providerId, claimOf.partnerId].map((name) => [name, ['admin']]),
    );
    expect(profile.unmanagedAttributePolicy).toBeUndefined();
  });
});
