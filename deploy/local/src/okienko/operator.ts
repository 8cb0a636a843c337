import { randomUUID } from 'node:crypto';
import { Obstacle, reasonOf } from '../obstacle';

const patience = 30_000;

/** One service of any deployment, as the account of the token. */
export class Operator {
  constructor(
    readonly url: string,
    private readonly token: string,
  ) {}

  async call<Body>(method: 'GET' | 'POST', path: string, body?: object): Promise<Body> {
    const response = await this.ask(method, path, body);
    return (await response.json().catch(() => ({}))) as Body;
  }

  /** Of what is no JSON. */
  async bytes(path: string): Promise<Buffer> {
    return Buffer.from(await (await this.ask('GET', path)).arrayBuffer());
  }

  private async ask(method: 'GET' | 'POST', path: string, body?: object): Promise<Response> {
    const response = await fetch(`${this.url}${path}`, {
      method,
      headers: {
        Authorization: `Bearer ${this.token}`,
        ...(method === 'POST' ? { 'Idempotency-Key': randomUUID() } : {}),
        ...(body ? { 'Content-Type': 'application/json' } : {}),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
      signal: AbortSignal.timeout(patience),
    }).catch((error: unknown) => {
      throw new Obstacle(
        `Nothing answers at ${this.url} (${reasonOf((error as Error).cause ?? error)}): start it, or give its address with --url.`,
        'unreachable',
      );
    });
    if (response.ok) return response;
    const { title, detail } = (await response.json().catch(() => ({}))) as { title?: string; detail?: string };
    const what =
      response.status === 401 || response.status === 403 ? ' OKIENKO_TOKEN may be old or of another role.' : '';
    throw new Obstacle(`${response.status} ${title ?? response.statusText}. ${detail ?? ''}${what}`);
  }
}
