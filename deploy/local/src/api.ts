import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Service } from '@okienko/contracts/event';

export interface Changed {
  readonly id: string;
  readonly version: number;
}

export interface CallOptions {
  /** Version for If-Match. */
  readonly ifMatch?: number;
  readonly key?: string;
}

/** A refusal, in the words of its problem document. */
export class ApiRefusal extends Error {
  constructor(
    readonly status: number,
    call: string,
    problem: { title?: string; detail?: string; errors?: unknown },
  ) {
    super(
      `${call} answered ${status}: ${problem.title ?? ''}. ${problem.detail ?? ''}${problem.errors ? ` ${JSON.stringify(problem.errors)}` : ''}`,
    );
  }
}

const patience = 60_000;

/**
 * The services' APIs as a good client uses them: a token of its own for each account, an Idempotency-Key on every act, and the same
 * request again, under the same key, while a service is away or busy.
 */
export class Api {
  private readonly tokens = new Map<string, { token: Promise<string>; until: number }>();

  constructor(
    private readonly urls: Readonly<Record<Service, string>>,
    private readonly tokenOf: (account: string) => Promise<string>,
    /** Hears of every answer that the client did not want, and of every request that got none. */
    private readonly onTrouble: (call: string, response: Response | undefined, reason?: unknown) => void = () =>
      undefined,
  ) {}

  get<Body>(account: string, service: Service, path: string): Promise<Body> {
    return this.call<Body>(account, service, 'GET', path, undefined, {});
  }

  post<Body = Changed>(
    account: string,
    service: Service,
    path: string,
    body: object,
    options: CallOptions = {},
  ): Promise<Body> {
    return this.call<Body>(account, service, 'POST', path, body, { key: randomUUID(), ...options });
  }

  delete<Body = Changed>(account: string, service: Service, path: string): Promise<Body> {
    return this.call<Body>(account, service, 'DELETE', path, undefined, { key: randomUUID() });
  }

  /** Tokens name what an account may do; after a change of it a new one is needed. */
  forget(account: string): void {
    this.tokens.delete(account);
  }

  private async call<Body>(
    account: string,
    service: Service,
    method: string,
    path: string,
    body: object | undefined,
    { ifMatch, key }: CallOptions,
  ): Promise<Body> {
    const deadline = Date.now() + patience;
    for (;;) {
      const call = `${method} ${service}${path.replaceAll(/[0-9a-f-]{36}/g, '…')}`;
      const response = await this.once(call, account, `${this.urls[service]}${path}`, {
        method,
        headers: {
          ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
          ...(key === undefined ? {} : { 'Idempotency-Key': key }),
          ...(ifMatch === undefined ? {} : { 'If-Match': `"${ifMatch}"` }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      if (response?.ok) return (await response.json()) as Body;
      if (response) this.onTrouble(call, response);
      const problem: { type?: string; title?: string; detail?: string } =
        response === undefined
          ? {}
          : ((await response.json().catch(() => ({}))) as { type?: string; title?: string; detail?: string });
      const passing =
        response === undefined ||
        response.status === 503 ||
        response.status === 429 ||
        problem.type?.endsWith('/request-still-running');
      if (!passing || Date.now() > deadline) throw new ApiRefusal(response?.status ?? 0, call, problem);
      await pause(200);
    }
  }

  private async once(
    call: string,
    account: string,
    url: string,
    request: { method: string; headers: Record<string, string>; body?: string },
  ): Promise<Response | undefined> {
    const token = await this.token(account);
    try {
      return await fetch(url, {
        ...request,
        headers: { ...request.headers, Authorization: `Bearer ${token}` },
        signal: AbortSignal.timeout(15_000),
      });
    } catch (error) {
      this.onTrouble(call, undefined, (error as Error).cause ?? error);
      return undefined;
    }
  }

  private token(account: string): Promise<string> {
    const known = this.tokens.get(account);
    if (known && known.until > Date.now()) return known.token;
    const token = this.tokenOf(account);
    this.tokens.set(account, { token, until: Date.now() + 30 * 60_000 });
    return token;
  }
}

/** Asks until the answer is there: the other services hear of things by events, a moment later. Who waits for long asks less often. */
export async function until<T>(what: string, ask: () => Promise<T | undefined>, within = patience): Promise<T> {
  const began = Date.now();
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    const waited = Date.now() - began;
    if (waited > within) throw new Error(`Waited ${within / 1000} s in vain: ${what}.`);
    await pause(waited < 2000 ? 100 : 1000);
  }
}
