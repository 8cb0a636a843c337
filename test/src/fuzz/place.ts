import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { casesService } from '@okienko/cases/service';
import { catalogueService } from '@okienko/catalogue/service';
import type { ServiceDefinition } from '@okienko/chassis/service-definition';
import { envelope, type Service, subjectOf } from '@okienko/contracts/event';
import type { Closing } from '@okienko/local/closing';
import { freshContext } from '@okienko/messaging/context';
import type { Broker } from '@okienko/messaging/jetstream';
import { notificationsService } from '@okienko/notifications/service';
import { providersService } from '@okienko/providers/service';
import { eventually } from '@okienko/testing/eventually';
import { placeForTest, type ServicePlace } from '@okienko/testing/service-place';
import type { Target } from '../attacker';
import { environments } from '../environments';

const definitions: Readonly<Record<Service, Pick<ServiceDefinition, 'name' | 'mappings' | 'migrations'>>> = {
  catalogue: catalogueService,
  cases: casesService,
  providers: providersService,
  notifications: notificationsService,
};

/** One service under attack, in a process of its own. */
export interface Fuzzed extends Target {
  readonly service: Service;
  readonly namespace: string;
  readonly broker: Broker;
  /** Bytes that it still holds after a collection of garbage. */
  heap(): Promise<number>;
  /** Lines of its log so far that tell what was sent to it, or that it failed. */
  readonly said: { readonly failures: string[]; readonly leaks: string[] };
  readonly hasEnded: boolean;
}

/** Is in every honest text that is sent, and so must be in no line of the log. */
const marked = /Żuraw|u017buraw/i;

/** Notes of a log what should not be in it. */
export function listen(log: NodeJS.ReadableStream, said: Fuzzed['said']): void {
  // By lines: a part may end in the middle of a word.
  createInterface({ input: log }).on('line', (line) => {
    if (marked.test(line)) said.leaks.push(line.slice(0, 400));
    if (/"level":[56]0|^\S*Error|Unhandled/.test(line)) said.failures.push(line.slice(0, 1500));
  });
}

/** What of a service is reached past its HTTP. */
export const reach = (
  service: Service,
  place: ServicePlace,
): Pick<Fuzzed, 'service' | 'namespace' | 'broker' | 'issuer' | 'sql' | 'publish' | 'eventually'> => ({
  service,
  namespace: place.mark,
  broker: place.broker,
  issuer: place.issuer,
  sql: async <Row>(text: string, values: unknown[] = []) => (await place.pool.query(text, values)).rows as Row[],
  async publish(fact, { sequence, id }) {
    const event = { ...envelope(fact, sequence, new Date(), freshContext()), ...(id === undefined ? {} : { id }) };
    await place.broker.streams.publish(`${place.mark}.${subjectOf(fact.contract)}`, JSON.stringify(event));
    return event.id;
  },
  eventually,
});

export async function startFuzzed(service: Service, closing: Closing): Promise<Fuzzed> {
  const place = await placeForTest(definitions[service] as ServiceDefinition);
  closing.add(() => place.remove());
  const child = fork(join(__dirname, 'target.js'), [service], {
    execArgv: ['--expose-gc'],
    env: { PATH: process.env['PATH'], ...place.environment, ...environments()[service], LOG_LEVEL: 'info' },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const said: Fuzzed['said'] = { failures: [], leaks: [] };
  for (const stream of [child.stdout, child.stderr]) if (stream) listen(stream, said);
  const [{ url }] = (await once(child, 'message', { signal: AbortSignal.timeout(60_000) })) as [{ url: string }];
  closing.add(async () => {
    if (child.exitCode !== null) return;
    const gone = once(child, 'exit');
    child.send('stop');
    await gone;
  });
  return {
    ...reach(service, place),
    url,
    said,
    get hasEnded() {
      return child.exitCode !== null || child.signalCode !== null;
    },
    async heap() {
      const told = once(child, 'message', { signal: AbortSignal.timeout(30_000) });
      child.send('memory');
      return ((await told) as [{ heap: number }])[0].heap;
    },
  };
}
