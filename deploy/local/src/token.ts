import { Obstacle } from './obstacle';
import { confidentialFile } from './secrets';

/** An access token by the credentials that the running issuer keeps in the home (RFC 6749, 4.4). */
export async function tokenFrom(issuer: string, home: string, account: string): Promise<string> {
  const secret = confidentialFile<Record<string, string>>(home, 'client-secrets').read()?.[account];
  if (secret === undefined) throw new Obstacle(`The development issuer has no account ${account}.`);
  const response = await fetch(`${issuer}/token`, {
    method: 'POST',
    headers: {
      authorization: `Basic ${Buffer.from(`${encodeURIComponent(account)}:${encodeURIComponent(secret)}`).toString('base64')}`,
    },
    body: new URLSearchParams({ grant_type: 'client_credentials' }),
  });
  if (!response.ok) throw new Error(`The issuer gave ${account} no token: ${response.status}`);
  return ((await response.json()) as { access_token: string }).access_token;
}
