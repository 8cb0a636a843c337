import { type Finding, fine, unreachable, unsafe } from './finding';

interface Discovery {
  readonly issuer?: string;
  readonly jwks_uri?: string;
}

const patience = 5_000;

async function json<T>(url: string): Promise<T> {
  const response = await fetch(url, { signal: AbortSignal.timeout(patience), redirect: 'error' });
  if (!response.ok) throw new Error(`${url} answers ${response.status}`);
  return (await response.json()) as T;
}

/** Whether tokens can be checked: the issuer answers for itself and has keys. */
export async function issuerFindings(issuer: string): Promise<Finding[]> {
  try {
    const discovery = await json<Discovery>(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`);
    if (discovery.issuer !== issuer)
      return [
        unsafe('issuer', 'It calls itself otherwise.', 'OIDC_ISSUER must be exactly the `issuer` that it tells.'),
      ];
    const { keys = [] } = await json<{ keys?: { kty?: string }[] }>(discovery.jwks_uri ?? '');
    return keys.some(({ kty }) => kty !== 'oct')
      ? [fine('issuer', `It answers, with ${keys.length} keys.`)]
      : [unsafe('issuer', 'It shows no public key.', 'Tokens must be signed by RS256, PS256, ES256 or EdDSA.')];
  } catch (error) {
    return [unreachable('issuer', error)];
  }
}
