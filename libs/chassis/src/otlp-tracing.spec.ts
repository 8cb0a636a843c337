import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { NotFound } from '@okienko/contracts/domain-error';
import type { Beginning } from '@okienko/messaging/tracing';
import { pino } from 'pino';
import { OtlpTracing } from './otlp-tracing';

interface Sent {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: readonly { readonly key: string }[] };
    readonly scopeSpans: readonly { readonly spans: readonly Record<string, unknown>[] }[];
  }[];
}

const caller = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331';
const work: Beginning = { name: 'work', kind: 'INTERNAL' };

describe('spans', () => {
  const received: Sent[] = [];
  const logged: string[] = [];
  const log = pino({}, { write: (line) => void logged.push(line) });
  let collector: Server;
  let place = 0;

  async function collect(): Promise<void> {
    collector = createServer((request, response) => {
      void json(request).then((body) => {
        received.push(body as Sent);
        response.setHeader('Content-Type', 'application/json').end('{}');
      });
    });
    await new Promise<void>((resolve) => collector.listen(place, '127.0.0.1', resolve));
    place = (collector.address() as AddressInfo).port;
  }
  const dismiss = (): Promise<unknown> =>
    new Promise((resolve) => {
      collector.close(resolve);
      collector.closeAllConnections();
    });
  const tracing = (
    sampler: 'always_on' | 'parentbased_always_on' | 'traceidratio' = 'parentbased_always_on',
    share = 1,
  ) =>
    new OtlpTracing(
      {
        service: 'cases',
        collector: `http://127.0.0.1:${place}/`,
        EVENT_NAMESPACE: 'okienko',
        OTEL_TRACES_SAMPLER: sampler,
        OTEL_TRACES_SAMPLER_ARG: share,
      },
      log,
    );
  const spans = (): Record<string, unknown>[] =>
    received.flatMap(({ resourceSpans }) => resourceSpans.flatMap((one) => one.scopeSpans.flatMap((two) => two.spans)));

  beforeEach(async () => {
    received.length = logged.length = 0;
    await collect();
  });
  afterEach(dismiss);

  it('are sent as part of what they are part of, with all that is known and nothing of the machine', async () => {
    const traced = tracing();
    const span = traced.begin({ ...work, parent: `${caller}-01`, attributes: { 'http.route': '/persons/:id' } });
    traced.begin({ ...work, name: 'within', parent: span.traceparent }).end();
    span.end({ 'http.response.status_code': 200 });
    await traced.stop();
    expect(spans()).toEqual([
      expect.objectContaining({ name: 'within', parentSpanId: span.traceparent.slice(36, 52) }),
      expect.objectContaining({
        name: 'work',
        traceId: caller.slice(3, 35),
        parentSpanId: caller.slice(36),
        attributes: [
          { key: 'http.route', value: { stringValue: '/persons/:id' } },
          { key: 'http.response.status_code', value: { intValue: 200 } },
        ],
      }),
    ]);
    expect(received[0]?.resourceSpans[0]?.resource.attributes.map(({ key }) => key)).toEqual([
      'service.name',
      'service.namespace',
      'service.version',
      'service.instance.id',
    ]);
  });

  it('tell a failure by its kind, and no rule that said no as a failure', async () => {
    const traced = tracing();
    traced.begin(work).end({}, new RangeError('Jadwiga, 44051401458'));
    traced.begin(work).end({}, new NotFound('person'));
    await traced.stop();
    expect(JSON.stringify(received)).not.toContain('Jadwiga');
    expect(spans()).toEqual([
      expect.objectContaining({
        attributes: [{ key: 'error.type', value: { stringValue: 'RangeError' } }],
        status: { code: 2 },
      }),
      expect.objectContaining({
        attributes: [{ key: 'error.type', value: { stringValue: 'not-found' } }],
        status: { code: 0 },
      }),
    ]);
  });

  it('are recorded where their trace is, or in the share that was asked for', async () => {
    const [asCalled, all, none] = [tracing(), tracing('always_on'), tracing('traceidratio', 0)];
    const unrecorded = asCalled.begin({ ...work, parent: `${caller}-00` });
    expect(unrecorded.traceparent).toMatch(/^00-0af7651916cd43dd8448eb211c80319c-[0-9a-f]{16}-00$/);
    unrecorded.end();
    all.begin({ ...work, name: 'all the same', parent: `${caller}-00` }).end();
    none.begin({ ...work, parent: `${caller}-01` }).end();
    await Promise.all([asCalled.stop(), all.stop(), none.stop()]);
    expect(spans().map(({ name }) => name)).toEqual(['all the same']);
  });

  it('begin a trace where what is said of one is none', () => {
    for (const parent of [undefined, '', 'x', `00-${'0'.repeat(32)}-b7ad6b7169203331-01`, `${caller}-01-more`])
      expect(tracing().begin({ ...work, parent }).traceparent).toMatch(/^00-(?!0af7)[0-9a-f]{32}-[0-9a-f]{16}-01$/);
  });

  it('are let go of without a collector, with one warning, and nobody waits', async () => {
    await dismiss();
    const traced = tracing();
    const began = performance.now();
    for (let round = 0; round < 20_000; round += 1) traced.begin(work).end();
    expect(performance.now() - began).toBeLessThan(3_000);
    const before = performance.now();
    await traced.stop();
    expect(performance.now() - before).toBeLessThan(4_000);
    await new Promise((resolve) => setTimeout(resolve, 11_000));
    expect(logged.map((line) => (JSON.parse(line) as { msg: string }).msg)).toEqual(['traces.unsent']);
    await collect();
  }, 30_000);
});
