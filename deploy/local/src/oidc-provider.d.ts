/** The part of oidc-provider that the development issuer uses; the package ships no types of its own. */
declare module 'oidc-provider' {
  import type { IncomingMessage, ServerResponse } from 'node:http';

  export interface Token {
    readonly clientId: string;
  }

  export interface Adapter {
    upsert(id: string, payload: object, expiresIn?: number): Promise<void>;
    find(id: string): Promise<object | undefined>;
    findByUid(uid: string): Promise<object | undefined>;
    findByUserCode(userCode: string): Promise<object | undefined>;
    consume(id: string): Promise<void>;
    destroy(id: string): Promise<void>;
    revokeByGrantId(grantId: string): Promise<void>;
  }

  export interface ResourceServer {
    readonly audience: string;
    readonly scope: string;
    readonly accessTokenFormat: 'jwt';
    readonly accessTokenTTL: number;
    readonly jwt: { readonly sign: { readonly alg: 'RS256' } };
  }

  export interface Configuration {
    readonly adapter: (model: string) => Adapter;
    readonly jwks: { readonly keys: readonly object[] };
    readonly cookies: { readonly keys: readonly string[] };
    readonly responseTypes: readonly string[];
    readonly ttl: { readonly ClientCredentials: number };
    readonly features: {
      readonly devInteractions: { readonly enabled: false };
      readonly clientCredentials: { readonly enabled: true };
      readonly resourceIndicators: {
        readonly enabled: true;
        readonly defaultResource: () => Promise<string>;
        readonly getResourceServerInfo: () => Promise<ResourceServer>;
      };
    };
    readonly extraTokenClaims: (ctx: unknown, token: Token) => Promise<object | undefined>;
  }

  export class Provider {
    constructor(issuer: string, configuration: Configuration);
    callback(): (request: IncomingMessage, response: ServerResponse) => void;
  }
}
