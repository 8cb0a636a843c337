import { namedPg } from '@okienko/messaging/named-pg';
import type { ClientBase } from 'pg';

export interface Asked {
  readonly text: string;
  readonly values: readonly unknown[];
}

export interface Plan {
  /** The statement in one line. */
  readonly statement: string;
  /** Its nodes, and what their indexes are asked for, without figures and values. */
  readonly shape: readonly string[];
  /** Tables that it reads from one end to the other. */
  readonly scanned: readonly string[];
  /** Tables that it would read so even if they were large, for want of an index. */
  readonly withoutIndex: readonly string[];
}

type Query = (this: { readonly database?: string }, ...args: unknown[]) => unknown;

/** Each statement that services in this process ask from now on, once, by the database that is asked. */
export function overheard(): ReadonlyMap<string, ReadonlyMap<string, Asked>> {
  const byDatabase = new Map<string, Map<string, Asked>>();
  const client = namedPg.Client.prototype as unknown as { query: Query };
  const { query } = client;
  client.query = function heard(...args) {
    const [text, values] = args;
    if (typeof text === 'string' && /^\s*\(?(select|with|insert|update|delete)\b/i.test(text)) {
      const { database = '' } = this;
      const asked = byDatabase.get(database) ?? new Map<string, Asked>();
      byDatabase.set(database, asked.set(text, { text, values: Array.isArray(values) ? values : [] }));
    }
    return query.apply(this, args);
  };
  return byDatabase;
}

const literal = /'(?:[^']|'')*'(::[\w ]+(\[\])?)?|\b\d+(\.\d+)?\b(?!\])/g;

export async function planOf(client: ClientBase, { text, values }: Asked): Promise<Plan> {
  const plan = await explained(client, text, values);
  await client.query('set enable_seqscan = off');
  const forced = await explained(client, text, values);
  await client.query('reset enable_seqscan');
  return {
    statement: text.replace(/\s+/g, ' ').trim(),
    shape: shapeOf(plan),
    scanned: scansIn(plan),
    withoutIndex: scansIn(forced),
  };
}

async function explained(client: ClientBase, text: string, values: readonly unknown[]): Promise<string[]> {
  const { rows } = await client.query<{ 'QUERY PLAN': string }>(`explain (costs off) ${text}`, [...values]);
  return rows.map((row) => row['QUERY PLAN']);
}

function shapeOf(plan: readonly string[]): string[] {
  const shape = plan
    .map(nameOf)
    .filter((line) => /->|Index Cond|^\S/.test(line))
    .map((line) => (line.includes('Index Cond') ? line.replace(literal, '?') : line));
  // Days of the outbox are many, and alike.
  return shape.filter((line, at) => line !== shape[at - 1]);
}

/** Days of the outbox by one name. */
const nameOf = (text: string): string =>
  text.replace(
    /outbox(_archive)?_\d{8}(_\w+?_(idx|pkey)\d*)?/g,
    (_, archive = '', index = '') => `outbox${archive}_day${index}`,
  );

const scansIn = (plan: readonly string[]): string[] => [
  ...new Set(plan.flatMap((line) => /Seq Scan on (\w+)/.exec(line)?.[1] ?? [])),
];
