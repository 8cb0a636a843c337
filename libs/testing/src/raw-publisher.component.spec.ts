import { randomBytes } from 'node:crypto';
import type { Msg } from '@nats-io/nats-core';
import { type Broker, openBroker } from '@okienko/messaging/jetstream';
import { NoAnswer, RawPublisher, Refused } from '@okienko/messaging/raw-publisher';

const mark = `p${randomBytes(5).toString('hex')}`;
const sleep = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));
const batch = (count: number) =>
  Array.from({ length: count }, (_, n) => ({ subject: `${mark}.x`, body: `${n}`, messageId: `${n}` }));

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

  test('what is larger than the server takes is refused for good, not tried for ever', async () => {
    const publisher = new RawPublisher(broker.connection, 2, 100);
    const large = 'x'.repeat((broker.connection.info?.max_payload ?? 0) + 1);
    const { failure } = await publisher.publish([{ subject: `${mark}.x`, body: large, messageId: '1' }]);
    expect(failure).toBeInstanceOf(Refused);
    expect(failure).toMatchObject({ errorCode: 10054 });
  });
});
