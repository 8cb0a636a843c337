import { eventually } from '@okienko/testing/eventually';
import { desk, jadwiga, zenon } from './marked-people';
import { MarkedRun, tracesIn } from './marked-run';
import { pages, streams, strayMails, tables, told } from './sinks';
import { textOf, type TraceCollector } from './trace-collector';

describe('of people whose every datum is marked', () => {
  const run = new MarkedRun();
  beforeAll(() => run.start(), 120_000);
  afterAll(() => run.stop(), 30_000);

  test('the data did go where they belong', async () => {
    const { body } = await run.services.cases.http('GET', `/persons/${run.people.personId}`, { as: desk });
    expect(body).toMatchObject({ familyName: jadwiga.familyName, contact: { email: jadwiga.later } });
    expect(tracesIn(run.mail.mails)).toEqual(expect.arrayContaining([jadwiga.later, zenon.email]));
    expect(tracesIn([JSON.stringify(body)])).toEqual(
      expect.arrayContaining([jadwiga.pesel, jadwiga.givenName, jadwiga.familyName, jadwiga.birthDate, jadwiga.later]),
    );
  });

  test('nothing is on any stream', async () => {
    let messages = 0;
    for await (const { name, texts } of streams(run)) {
      messages += texts.length;
      expect([name, tracesIn(texts)]).toEqual([name, []]);
    }
    expect(messages).toBeGreaterThan(25);
  }, 30_000);

  /** Every table that has rows, with what was found in them. */
  async function found(): Promise<Map<string, string[]>> {
    const filled = new Map<string, string[]>();
    for await (const { name, texts } of tables(run)) filled.set(name, tracesIn(texts));
    return filled;
  }

  test('nothing is in any table of any service, not even as bytes', async () => {
    const all = await found();
    expect([...all].filter(([, traces]) => traces.length > 0)).toEqual([]);
    const expected = [
      ...['person', 'person_contact', 'needs_recognition', 'decision', 'outbox', 'idempotency_key', 'access_log'].map(
        (table) => `cases.${table}`,
      ),
      ...['recipient', 'message', 'inbox', 'dispatch', 'feed_event'].map((table) => `notifications.${table}`),
    ];
    expect([...all.keys()]).toEqual(expect.arrayContaining(expected));
  }, 30_000);

  test('it would be found if it were there', async () => {
    await run.services.providers.sql(`create table planted as select convert_to($1, 'UTF8') as hidden`, [
      `x${jadwiga.address}`,
    ]);
    expect((await found()).get('providers.planted')).toEqual([jadwiga.address]);
    await run.services.providers.sql('drop table planted');
  }, 30_000);

  test('nothing is in a log line at any level, in a trace, in a refusal, or at a partner', async () => {
    const sinks = told(run);
    // Spans come once a second.
    await eventually(() =>
      expect(sinks.map(({ name, texts }) => [name, texts.length > 5])).toEqual(sinks.map(({ name }) => [name, true])),
    );
    for (const { name, texts } of sinks) expect([name, tracesIn(texts)]).toEqual([name, []]);
    expect(strayMails(run)).toEqual([]);
  });

  test('nothing is in a metric, in what the operator sees of dead letters, or in the documents', async () => {
    for await (const { name, texts } of pages(run)) expect([name, tracesIn(texts)]).toEqual([name, []]);
  });

  describe('what they brought about is one trace', () => {
    type Way = TraceCollector['ways'][number];
    const place = (span: Way[number]): string => (span ? `${span.service} ${span.name}` : 'unknown');
    const ways = (): Way[] => run.collector.ways;

    test('from the request over every service to the partner and to the mail', async () => {
      const approval = 'cases POST /plans/:id/approval > cases transaction';
      const application = 'cases POST /applications > cases transaction';
      await eventually(() => {
        const told = new Set(ways().map((way) => way.map(place).join(' > ')));
        for (const way of [
          `${approval} > cases publish cases.plan.approved.v1`,
          `${approval} > notifications POST`,
          `${approval} > catalogue process cases.allocation.created.v1`,
          `${approval} > providers process cases.allocation.referred.v1 > providers publish providers.service-order.received.v1`,
          `${approval} > providers process cases.allocation.referred.v1 > notifications POST`,
          `${application} > notifications process cases.application.submitted.v1 > notifications send EMAIL`,
        ])
          expect([...told]).toContain(way);
      }, 10_000);
      for (const way of ways())
        expect(new Set(way.map((span) => span?.traceId)).size).toBe(way.includes(undefined) ? 2 : 1);
    }, 15_000);

    test('in which nothing is missing, but for what this test says in the name of others', async () => {
      const played = /^process (catalogue|providers)\.(programme|service-offer|capacity)\./;
      // Each service tells its spans once a second, so what a span is part of may come after it.
      await eventually(() => {
        const broken = ways().filter(([first, next]) => first === undefined && next?.name !== 'POST');
        expect(broken.map(([, next]) => next?.name).filter((name) => !played.test(name ?? ''))).toEqual([]);
      }, 10_000);
    }, 15_000);

    test('that goes on from the client, and with the partner', async () => {
      const client = '0af7651916cd43dd8448eb211c80319c';
      const headers = { traceparent: `00-${client}-b7ad6b7169203331-01` };
      await run.services.cases.http('GET', `/persons/${run.people.personId}?email=x`, { as: desk, headers });
      await eventually(() => {
        const [span] = run.collector.spans.filter(({ traceId }) => traceId === client);
        expect(span).toMatchObject({ name: 'GET /persons/:id', parentSpanId: 'b7ad6b7169203331' });
      }, 5_000);
      const posts = run.collector.spans.filter(({ service, name }) => service === 'notifications' && name === 'POST');
      expect(posts.map(({ attributes }) => textOf(attributes, 'server.address'))).toEqual(posts.map(() => '127.0.0.1'));
      for (const text of run.posted) {
        const [, trace, span] = /"traceparent":"00-([0-9a-f]{32})-([0-9a-f]{16})-01"/.exec(text) ?? [];
        expect(posts.filter(({ traceId, spanId }) => traceId === trace && spanId === span)).toHaveLength(1);
      }
      expect(run.mail.mails.join('').toLowerCase()).not.toContain('traceparent');
    }, 15_000);

    test('whose spans say nothing but what they are meant to', () => {
      const said = run.collector.spans.flatMap(({ attributes }) => attributes.map(({ key }) => key));
      expect([...new Set(said)].sort()).toEqual([
        'db.system.name',
        'error.type',
        'http.request.method',
        'http.request.resend_count',
        'http.response.status_code',
        'http.route',
        'messaging.destination.name',
        'messaging.message.id',
        'messaging.operation.name',
        'messaging.operation.type',
        'messaging.system',
        'okienko.message.attempt',
        'okienko.message.channel',
        'okienko.message.outcome',
        'server.address',
        'server.port',
      ]);
    });
  });
});
