import { randomUUID } from 'node:crypto';
import type { Principal, Role } from '@okienko/chassis/access';
import type { Service } from '@okienko/contracts/event';
import type { ServiceUnderTest } from '@okienko/testing/service-test';
import { badTokens } from './bad-tokens';
import { honest } from './honest-values';
import { happened, known } from './invented-world';
import { type Answered, type Fault, judge } from './judge';
import { Api, type Route } from './routes';

/** An id that nothing has. */
export const stranger = '0197a000-0000-7000-8000-00000000dead';

export interface Request {
  readonly query?: string;
  readonly authorization?: string | undefined;
  readonly headers?: Readonly<Record<string, string | undefined>>;
  readonly body?: string | Buffer | undefined;
  readonly contentType?: string | undefined;
  /** Values for the placeholders of the path. */
  readonly ids?: Readonly<Record<string, string>>;
}

/** A request that must be refused: what is wrong with it, and the statuses that say so. */
export type Attack = readonly [fault: string, request: Request, statuses: readonly number[]];

interface Made {
  readonly id: string;
  readonly version: number;
  /** Whether the answer told it: a row within another aggregate has none of its own. */
  readonly versioned: boolean;
  readonly itemId: string | undefined;
  readonly body: object;
  readonly key: string;
}

export const needs = (route: Route, header: string): boolean =>
  route.parameters.some(({ name, required }) => name === header && required === true);

/** What is attacked, and what tells of it. */
export type Target = Pick<ServiceUnderTest, 'url' | 'issuer' | 'publish' | 'eventually' | 'sql'>;

/** Drives one service, and keeps what it made there, so that hostile values meet existing things too. */
export class Attacker {
  readonly api: Api;
  readonly made = new Map<string, Made>();
  sent = 0;
  private readonly faults: string[] = [];
  private readonly tokens = new Map<string, string>();
  private readonly bad = new Map<string, ReturnType<typeof badTokens>>();
  private countRows: string | undefined;

  constructor(
    private readonly service: Service,
    readonly target: Target,
  ) {
    this.api = new Api(service);
  }

  principal({ roles: [role = 'desk'] = [] }: Route): Partial<Principal> {
    return {
      sub: `${role}-1`,
      roles: [role],
      ...(role === 'provider' ? { providerId: this.made.get('/providers')?.id ?? stranger } : {}),
      ...(role === 'partner' ? { partnerId: String(known['partnerId']) } : {}),
    };
  }

  /** A body as an honest client would send it. */
  body(route: Route, everything = true): object | undefined {
    return route.body && (honest(this.api, route.body, everything, (name) => this.idOf(name) ?? known[name]) as object);
  }

  /** Makes what honest requests can make, in as many rounds as one thing needs another. */
  async make(): Promise<readonly string[]> {
    for (const fact of happened(this.service)) await this.target.publish(fact, { sequence: 1 });
    await this.target.eventually(async () => {
      const [seen] = await this.target.sql<{ count: string }>('select count(*) from inbox_position');
      if (Number(seen?.count) < happened(this.service).length) throw new Error('The events have not arrived.');
    });
    const creations = this.api.routes.filter((route) => route.method === 'POST' && needs(route, 'Idempotency-Key'));
    for (let before = -1; before < this.made.size;) {
      before = this.made.size;
      for (const route of creations.filter(({ path }) => !this.made.has(path))) await this.makeOne(route);
    }
    return [...this.made.keys()];
  }

  /** Does with it what honest requests can do, so that things come to states that forbid other acts; `look` is called in each. */
  async live(look: () => Promise<unknown>): Promise<void> {
    for (const route of this.api.routes.filter((one) => needs(one, 'If-Match'))) {
      const body = this.body(route);
      const answer = await this.send(route, body ? { body: JSON.stringify(body) } : {});
      if (answer.status >= 300) continue;
      const { id, version } = answer.body as Partial<Made>;
      for (const [path, thing] of this.made) if (thing.id === id && version) this.made.set(path, { ...thing, version });
      await look();
    }
  }

  /** Makes everything once more, each thing after those that it needs, and goes on with that. */
  async renew(): Promise<void> {
    for (const made of [...this.made.keys()])
      for (const route of this.api.routes.filter(({ method, path }) => method === 'POST' && path === made))
        await this.makeOne(route);
  }

  private async makeOne(route: Route): Promise<void> {
    for (const everything of [true, false]) {
      const body = this.body(route, everything) ?? {};
      const key = randomUUID();
      const answer = await this.send(route, { body: JSON.stringify(body), headers: { 'Idempotency-Key': key } });
      if (answer.status !== 201) continue;
      const { id, version = 1, items } = answer.body as { id: string; version?: number; items?: { id: string }[] };
      this.made.set(route.path, {
        id,
        version,
        versioned: 'version' in (answer.body as object),
        itemId: items?.[0]?.id,
        body,
        key,
      });
      return;
    }
  }

  /** `personId` is what `POST /persons` made. */
  private idOf(name: string): string | undefined {
    const [, thing] = /^(.+)Id$/.exec(name) ?? [];
    return thing && this.made.get(`/${thing.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}s`)?.id;
  }

  async token(principal: Partial<Principal>): Promise<string> {
    const key = JSON.stringify(principal);
    const token = this.tokens.get(key) ?? `Bearer ${await this.target.issuer.token(principal)}`;
    this.tokens.set(key, token);
    return token;
  }

  /** Tokens that must let nobody in, though they name the roles that the route wants. */
  badTokens(route: Route): ReturnType<typeof badTokens> {
    const principal = this.principal(route);
    const key = JSON.stringify(principal);
    const tokens = this.bad.get(key) ?? badTokens(this.target.issuer, principal);
    this.bad.set(key, tokens);
    return tokens;
  }

  as = (...roles: Role[]): Promise<string> => this.token({ sub: 'stranger-1', roles });

  async send(route: Route, request: Request = {}): Promise<Answered> {
    const thing = this.made.get(`/${route.path.split('/')[1] ?? ''}`);
    const ids: Record<string, string | undefined> = { id: thing?.id, itemId: thing?.itemId, ...request.ids };
    const path = route.path.replace(/\{(\w+)\}/g, (_, name: string) => ids[name] ?? stranger);
    const headers = {
      Authorization: 'authorization' in request ? request.authorization : await this.token(this.principal(route)),
      'Content-Type': request.contentType ?? (request.body === undefined ? undefined : 'application/json'),
      'Idempotency-Key': route.method === 'POST' ? randomUUID() : undefined,
      'If-Match': needs(route, 'If-Match') ? `"${thing?.version ?? 1}"` : undefined,
      ...request.headers,
    };
    const response = await fetch(`${this.target.url}${path}${request.query ?? ''}`, {
      method: route.method,
      headers: Object.entries(headers).filter((header): header is [string, string] => header[1] !== undefined),
      ...(request.body === undefined
        ? {}
        : { body: typeof request.body === 'string' ? request.body : new Uint8Array(request.body) }),
    });
    this.sent += 1;
    const contentType = response.headers.get('content-type') ?? '';
    const text = await (contentType.startsWith('text/event-stream') ? beginningOf(response) : response.text());
    return {
      status: response.status,
      body: contentType.includes('json') && text ? (JSON.parse(text) as unknown) : text,
      text,
      contentType,
    };
  }

  /** Sends it and judges the answer. */
  async attack(route: Route, fault: string, request: Request, refused?: readonly number[]): Promise<number> {
    const answer = await this.send(route, request);
    for (const { reason } of this.faultsIn(route, answer, refused)) this.note(route, fault, reason);
    return answer.status;
  }

  /** What is wrong with an answer, which should have one of these statuses if any are given. */
  faultsIn(route: Route, answer: Answered, refused?: readonly number[]): Fault[] {
    const unlike = answer.status < 300 ? this.api.faultsOf(route, answer.status, answer.body) : [];
    const unexpected = refused && !refused.includes(answer.status) && answer.status < 500;
    return [
      ...judge(answer, route.statuses),
      ...[...unlike, ...(unexpected ? [`answered ${answer.status}, not ${refused.join(' or ')}`] : [])].map(
        (reason): Fault => ({ kind: 'wrongAnswers', reason }),
      ),
    ];
  }

  /** Attacks on every route, all of which must be refused and none of which may change anything. */
  async refused(attacksOn: (route: Route) => readonly Attack[] | Promise<readonly Attack[]>): Promise<void> {
    for (const route of this.api.routes) {
      const attacks = await attacksOn(route);
      if (attacks.length === 0) continue;
      const before = await this.rows();
      await inParallel(attacks, ([fault, request, statuses]) => this.attack(route, fault, request, statuses));
      const after = await this.rows();
      if (after !== before) this.note(route, 'refused requests', `changed rows from ${before} to ${after}`);
    }
  }

  note(route: Route, fault: string, reason: string): void {
    this.faults.push(`${this.service} ${route.method} ${route.path}, ${fault}: ${reason}`);
  }

  /** How many rows every table has. */
  async rows(): Promise<string> {
    this.countRows ??= await this.countingStatement();
    const [counts] = await this.target.sql(this.countRows);
    return JSON.stringify(counts);
  }

  // But for what is made a moment after a good request, in the background: the relay's note of where each stream is, and the vocabulary.
  private async countingStatement(): Promise<string> {
    const tables = await this.target.sql<{ name: string }>(
      `select c.relname as name from pg_class c
       where c.relkind in ('r', 'p') and not c.relispartition and c.relname not in ('outbox_stream', 'search_vocabulary', 'search_shadow') and c.relnamespace = current_schema()::regnamespace order by 1`,
    );
    return `select ${tables.map(({ name }) => `(select count(*)::int from "${name}") as "${name}"`).join(', ')}`;
  }

  /** Throws what has been noted since the last time. */
  report(advice: string): void {
    const noted = this.faults.splice(0);
    if (noted.length > 0)
      throw new Error(`${noted.length} wrong answers (${advice}):\n${noted.slice(0, 40).join('\n')}`);
  }
}

/** Of an answer that has no end of its own. */
async function beginningOf({ body }: Response): Promise<string> {
  const reader = body?.getReader();
  const first = await reader?.read();
  await reader?.cancel();
  return Buffer.from(first?.value ?? []).toString();
}

export async function inParallel<T>(items: readonly T[], act: (item: T) => Promise<unknown>): Promise<void> {
  const queue = [...items];
  const work = async (): Promise<void> => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await act(item);
  };
  await Promise.all(Array.from({ length: 8 }, work));
}
