import { currentContext, traceIdOf } from '@okienko/messaging/context';
import { namedPg } from '@okienko/messaging/named-pg';
import type { Answer } from './service-test';

type Query = (this: unknown, ...args: unknown[]) => unknown;

/** What services in this process ask their databases from now on, told by the problem (RFC 9457) that the request was answered with. */
export function overheardStatements(): (answer: { readonly body: object }) => readonly string[] {
  const asked = new Map<string, string[]>();
  const client = namedPg.Client.prototype as unknown as { query: Query };
  const { query } = client;
  client.query = function heard(...args) {
    const [text] = args;
    const trace = traceIdOf(currentContext().traceparent);
    if (typeof text === 'string') asked.set(trace, [...(asked.get(trace) ?? []), text]);
    return query.apply(this, args);
  };
  return ({ body }) => {
    const { instance = '' } = body as { instance?: string };
    const statements = asked.get(instance.split(':').at(-1) ?? '');
    if (!statements) throw new Error(`Nothing was asked for ${instance}.`);
    return statements;
  };
}

/** Everything that an answer tells, but which call it was, and on which connection. */
export function toldBy({ status, body, headers }: Answer<object>): object {
  const own = new Set(['date', 'connection', 'keep-alive', 'x-trace-id', 'x-ratelimit-remaining', 'x-ratelimit-reset']);
  return { status, said: [...headers].filter(([name]) => !own.has(name)), body: { ...body, instance: undefined } };
}
