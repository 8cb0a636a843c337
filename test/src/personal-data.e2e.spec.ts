import { desk, jadwiga, zenon } from './marked-people';
import { MarkedRun, tracesIn } from './marked-run';
import { pages, streams, strayMails, tables, told } from './sinks';

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

  test('nothing is in a log line at any level, in a refusal, or at a partner', () => {
    const sinks = told(run);
    expect(sinks.map(({ name, texts }) => [name, texts.length > 5])).toEqual(sinks.map(({ name }) => [name, true]));
    for (const { name, texts } of sinks) expect([name, tracesIn(texts)]).toEqual([name, []]);
    expect(strayMails(run)).toEqual([]);
  });

  test('nothing is in a metric, in what the operator sees of dead letters, or in the documents', async () => {
    for await (const { name, texts } of pages(run)) expect([name, tracesIn(texts)]).toEqual([name, []]);
  });
});
