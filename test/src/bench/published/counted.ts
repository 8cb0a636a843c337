import { randomUUID } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import type { Service } from '@okienko/contracts/event';
import { ApiRefusal, type Changed } from '@okienko/local/api';
import { Pool } from 'undici';
import { type Office, staff } from '../../city/office';

/** One request, as it ended. */
export interface Told {
  /** The kind that it is counted as. */
  readonly what: string;
  readonly milliseconds: number;
  readonly failure?: string;
}

/** Who may do what a desk does, in turns: no account may ask more than a hundred times a second. */
const desks: readonly string[] = [staff.desk, staff.coordinator, 'coordinator-piotr'];
const octets = 'application/octet-stream';

/** Refused for what others have done meanwhile, as happens at any desk. */
const expected = [409, 412, 422];

/** The services as clients ask them, over connections that stay; every request is heard of, and none is asked again. */
export class Counted implements Office {
  private readonly pools: Readonly<Record<Service, Pool>>;
  private turn = 0;
  private readonly tokens = new Map<string, Promise<string>>();

  constructor(
    urls: Readonly<Record<Service, string>>,
    private readonly tokenOf: (account: string) => Promise<string>,
    readonly today: Office['today'],
    private readonly hear: (told: Told) => void,
  ) {
    this.pools = Object.fromEntries(
      Object.entries(urls).map(([service, url]) => [service, new Pool(url, { connections: 64, pipelining: 1 })]),
    ) as Record<Service, Pool>;
  }

  /** The same clients, their requests counted as something. */
  as(what: string): Office {
    const post = <T>(account: string, service: Service, path: string, body: object, ifMatch?: number): Promise<T> =>
      this.ask<T>(what, account, service, 'POST', path, JSON.stringify(body), 'application/json', ifMatch);
    return {
      today: this.today,
      get: (account, service, path) => this.ask(what, account, service, 'GET', path),
      post: <T = Changed>(...asked: Parameters<typeof post>) => post<T>(...asked),
    };
  }

  get = <T>(...asked: Parameters<Office['get']>): Promise<T> => this.as('').get<T>(...asked);
  post = <T = Changed>(...asked: Parameters<Office['post']>): Promise<T> => this.as('').post<T>(...asked);

  /** A document into a case file. */
  attach(what: string, account: string, applicationId: string, content: Buffer): Promise<Changed> {
    const path = `/files?applicationId=${applicationId}&category=OTHER`;
    return this.ask(what, account, 'cases', 'POST', path, content, octets);
  }

  async close(): Promise<void> {
    await Promise.all(Object.values(this.pools).map((pool) => pool.close()));
  }

  private async ask<T>(
    what: string,
    account: string,
    service: Service,
    method: 'GET' | 'POST',
    path: string,
    body?: string | Buffer,
    type?: string,
    ifMatch?: number,
  ): Promise<T> {
    const desk = account === desks[0];
    const who = desk ? (desks[(this.turn += 1) % desks.length] ?? account) : account;
    const known = this.tokens.get(who) ?? this.tokenOf(who);
    this.tokens.set(who, known);
    const authorization = `Bearer ${await known}`;
    const began = performance.now();
    const tell = (failure?: string): void =>
      this.hear({ what, milliseconds: performance.now() - began, ...(failure === undefined ? {} : { failure }) });
    const call = `${method} ${service}${path.replaceAll(/[0-9a-f-]{36}/g, '…')}`;
    try {
      const answer = await this.pools[service].request({
        method,
        path,
        headers: {
          authorization,
          ...(type === undefined ? {} : { 'content-type': type, 'idempotency-key': randomUUID() }),
          ...(type === octets ? { 'okienko-file-name': 'pismo.pdf' } : {}),
          ...(ifMatch === undefined ? {} : { 'if-match': `"${ifMatch}"` }),
        },
        body: body ?? null,
      });
      const text = await answer.body.text();
      const refused = answer.statusCode >= 300;
      tell(
        refused && !expected.includes(answer.statusCode)
          ? `${call} answered ${answer.statusCode}: ${text.slice(0, 200)}`
          : undefined,
      );
      const said = JSON.parse(text || '{}') as T;
      if (refused) throw new ApiRefusal(answer.statusCode, call, said as object);
      return said;
    } catch (error) {
      if (!(error instanceof ApiRefusal)) tell(`${call}: ${(error as Error).message}`);
      throw error;
    }
  }
}
