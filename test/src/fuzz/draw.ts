import fc from 'fast-check';
import { type Attack, type Attacker, needs, type Request } from '../attacker';
import { onAddress, onBody, onFields, onHeaders, onQuery, onRoles, parametersIn } from '../attacks';
import type { Chance } from '../chance';
import { anyQuery, anyValue } from '../hostile-values';
import type { Route } from '../routes';
import { mutant, type Ids } from './mutant';

/** One input: on which route, what is odd about it, and the statuses that it must have if it is known to be wrong. */
export interface Drawn {
  readonly route: Route;
  readonly fault: string;
  readonly request: Request;
  readonly refused?: readonly number[];
}

const pooled = 4000;
const oddHeaders: readonly [string, string][] = [
  ['traceparent', '00-zz-1'],
  ['traceparent', 'x'.repeat(4000)],
  ['If-None-Match', '*'],
  ['If-None-Match', '"\\'],
  ['Range', 'bytes=0-1,5-2'],
  ['X-HTTP-Method-Override', 'DELETE'],
  ['X-Forwarded-For', '127.0.0.1, ::1, x'],
  ['Forwarded', 'for="[::"'],
  ['X-Forwarded-Host', 'evil.example'],
  ['Accept', 'application/xml;q=9'],
  ['Accept-Language', '\u00e9'.repeat(500)],
  ['Cookie', '__proto__=1; session=x'],
  ['Origin', 'https://evil.example'],
  ['Okienko-Purpose', 'LEGAL_CLAIM'],
  ['Last-Event-ID', '-1'],
];

/** Draws hostile, nearly valid and valid requests for the routes of one service; the same seed draws the same. */
export class Draw {
  private readonly values: readonly unknown[];
  private readonly queries: readonly string[];
  private readonly known = new Map<Route, Attack[]>();

  constructor(
    private readonly attacker: Attacker,
    private readonly chance: Chance,
  ) {
    const seed = chance.below(2 ** 31);
    this.values = fc.sample(anyValue, { seed, numRuns: pooled });
    this.queries = fc.sample(anyQuery, { seed, numRuns: pooled });
  }

  /** Refused whatever else is the case. */
  async refused(count: number): Promise<Drawn[]> {
    const drawn: Drawn[] = [];
    while (drawn.length < count) {
      const route = this.chance.pick(this.attacker.api.routes);
      const attacks = await this.attacksOn(route);
      if (attacks.length === 0) continue;
      const [fault, request, refused] = this.chance.pick(attacks);
      // A row of a batch is refused by itself, and the others are done.
      if (refused[0] !== 200) drawn.push({ route, fault, request, refused });
    }
    return drawn;
  }

  /** Anything: perhaps valid, perhaps nearly so. */
  any(count: number): Drawn[] {
    return Array.from({ length: count }, () => {
      const route = this.chance.pick(this.attacker.api.routes);
      const request = this.requestFor(route);
      return { route, fault: JSON.stringify({ ...request, authorization: undefined }).slice(0, 500), request };
    });
  }

  private async attacksOn(route: Route): Promise<Attack[]> {
    const known = this.known.get(route);
    if (known) return known;
    const made = [onAddress, onQuery, onHeaders, onBody, onFields].flatMap((on) => on(this.attacker, route));
    const attacks = [...made, ...(await onRoles(this.attacker, route))];
    this.known.set(route, attacks);
    return attacks;
  }

  requestFor(route: Route): Request {
    const { chance } = this;
    const ids = Object.fromEntries(
      parametersIn(route, 'path')
        .filter(() => chance.next() < 0.3)
        .map(({ name }) => [name, this.ids.pick()]),
    );
    const header = chance.next() < 0.2 ? [chance.pick(oddHeaders)] : [];
    const version = needs(route, 'If-Match') && chance.next() < 0.5 ? [['If-Match', `"${chance.below(9)}"`]] : [];
    return {
      ids,
      query: this.query(route),
      headers: Object.fromEntries([...header, ...version]) as Record<string, string>,
      ...(route.body && {
        body: mutant(this.attacker, route.body, this.attacker.body(route, chance.next() < 0.7), {
          chance,
          values: this.values,
          ids: this.ids,
        }),
      }),
    };
  }

  private query(route: Route): string {
    const parts = parametersIn(route, 'query')
      .filter(({ required }) => required === true || this.chance.next() < 0.4)
      .map(({ name, schema }) => {
        const { enum: values, format } = schema as { enum?: unknown[]; format?: string };
        const near = values ?? (format === 'uuid' ? [this.ids.pick()] : ['1', '2024-02-29', '200', 'ala']);
        const value =
          this.chance.next() < 0.5
            ? encodeURIComponent(String(this.chance.pick(near)))
            : this.chance.pick(this.queries);
        return `${encodeURIComponent(name)}=${value}`;
      });
    return parts.length > 0 ? `?${parts.join('&')}` : '';
  }

  private readonly ids: Ids = {
    pick: () => this.chance.pick([...this.attacker.made.values()].map(({ id }) => id)),
  };
}
