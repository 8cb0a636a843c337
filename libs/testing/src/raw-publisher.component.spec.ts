import { randomBytes } from 'node:crypto';
import type { Msg } from '@nats-io/nats-core';
import { type Broker, openBroker } from '@okienko/messaging/jetstream';
import { NoAnswer, RawPublisher, Refused } from '@okienko/messaging/raw-publisher';

const mark = `p${randomBytes(5).toString('hex')}`;
const sleep = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));
const batch = (count: number) =>
  Array.from({ length: count }, (_, n) => ({
    subject: `${mark}.x`,
    body: `${n}`,
    messageId: `${n}`,
    aggregate: `${n}`,
  }));

describe('publishing in order', () => {
  let broker: Broker;
  let seen: Msg[];

  beforeAll(async () => {
    broker = await openBroker(process.env['TEST_NATS_URL'] ?? '', mark);
    broker.connection.subscribe(`${mark}.x`, { callback: (_, message) => void seen.push(message) });
  });
  beforeEach(() => {
    seen = [];
  });
  afterAll(() => broker.connection.close());

  test('an answer that comes after the batch was given up sends nothing more of it, and nothing of it is kept', async () => {
    const publisher = new RawPublisher(broker.connection, 2, 100);
    const { stored, failure } = await publisher.publish(batch(6));
    expect([stored, failure]).toEqual([[], expect.any(NoAnswer)]);
    seen[1]?.respond(JSON.stringify({ stream: 'S', seq: 2 }));
    await sleep(200);
    expect(seen.map((message) => message.string())).toEqual(['0', '1']);
    expect((publisher as unknown as { waiting: Map<number, unknown> }).waiting.size).toBe(0);
  });

  test.each([
    ['the broker never got one', (body: string) => body === 'a3'],
    ['the broker refuses one', () => false],
  ])('no event of an aggregate is stored before an earlier one of it, when %s', async (_, isDropped) => {
    const stream = `${mark}_ORDER`.toUpperCase();
    await broker.manager.streams.add({ name: stream, subjects: [`${mark}.order.>`] });
    const lossy = Object.create(broker.connection) as typeof broker.connection;
    let once = true;
    lossy.publish = (subject, body, options) => {
      const hit = once && body === 'a3';
      if (hit) once = false;
      if (hit && isDropped(body)) return;
      // No stream listens there: the broker's answer is no.
      broker.connection.publish(hit ? `${mark}.nowhere` : subject, body, options);
    };
    const publisher = new RawPublisher(lossy, 256, 1500);
    const all = Array.from({ length: 8 }, (_, n) =>
      ['a', 'b'].map((aggregate) => ({ aggregate, body: `${aggregate}${n}` })),
    )
      .flat()
      .map((one) => ({ ...one, subject: `${mark}.order.x`, messageId: one.body }));
    const { stored, failure } = await publisher.publish(all);
    expect([stored.length, failure]).toEqual([6, expect.any(NoAnswer)]);
    expect(await publisher.publish(all.slice(stored.length))).toMatchObject({ stored: { length: 10 } });
    const bodies: string[] = [];
    for (let seq = 1; seq <= all.length; seq += 1)
      bodies.push((await broker.manager.streams.getMessage(stream, { seq }))?.string() ?? '');
    await broker.manager.streams.delete(stream);
    for (const aggregate of ['a', 'b'])
      expect(bodies.filter((body) => body.startsWith(aggregate))).toEqual(
        Array.from({ length: 8 }, (_, n) => `${aggregate}${n}`),
      );
  });

  test('a batch ends with the connection it was sent on', async () => {
    const publisher = new RawPublisher(broker.connection, 2, 60_000);
    const published = publisher.publish(batch(6));
    publisher.disconnected();
    expect(await published).toEqual({ stored: [], failure: expect.any(NoAnswer) as NoAnswer });
  });

  test('what is larger than the server takes is refused for good, not tried for ever', async () => {
    const publisher = new RawPublisher(broker.connection, 2, 100);
    const large = 'x'.repeat((broker.connection.info?.max_payload ?? 0) + 1);
    const { failure } = await publisher.publish([
      { subject: `${mark}.x`, body: large, messageId: '1', aggregate: '1' },
    ]);
    expect(failure).toBeInstanceOf(Refused);
    expect(failure).toMatchObject({ errorCode: 10054 });
  });
});
