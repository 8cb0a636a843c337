import { randomUUID } from 'node:crypto';
import { Obstacle, reasonOf } from './obstacle';
import { dataHome } from './paths';
import { portNumber } from './ports';
import { urlOf } from './services';
import { tokenFrom } from './token';

/** One service of any deployment, as the operator. */
export class Operator {
  constructor(
    private readonly url: string,
    private readonly token: string,
  ) {}

  async call<Body>(method: 'GET' | 'POST', path: string, body?: object): Promise<Body> {
    const response = await fetch(`${this.url}${path}`, {
      method,
      headers: {
        Authorization: `Bearer ${this.token}`,
        ...(method === 'POST' ? { 'Idempotency-Key': randomUUID() } : {}),
        ...(body ? { 'Content-Type': 'application/json' } : {}),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    }).catch((error: unknown) => {
      throw new Obstacle(`Nothing answers at ${this.url} (${reasonOf(error)}): start it, or give --url.`);
    });
    const answer = (await response.json().catch(() => ({}))) as { title?: string; detail?: string };
    if (!response.ok)
      throw new Obstacle(`${response.status} ${answer.title ?? response.statusText}. ${answer.detail ?? ''}`);
    return answer as Body;
  }
}

/** The operator's token: the one in OKIENKO_TOKEN, which a deployment elsewhere needs, else that of the local issuer. */
export async function operatorToken(isElsewhere: boolean): Promise<string> {
  const given = process.env['OKIENKO_TOKEN'];
  if (isElsewhere && !given) throw new Obstacle('Put an access token with the role `operator` into OKIENKO_TOKEN.');
  return (
    given ??
    tokenFrom(urlOf(portNumber('issuer')), dataHome(), 'operator-tomasz').catch((error: unknown) => {
      throw new Obstacle(
        `No token from the local issuer (${reasonOf(error)}): run npm start first, or give --url and OKIENKO_TOKEN.`,
      );
    })
  );
}
