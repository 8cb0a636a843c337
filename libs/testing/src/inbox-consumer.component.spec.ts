import { randomBytes } from 'node:crypto';
import type { JsMsg } from '@nats-io/jetstream';
import { applicationSubmittedV1 } from '@okienko/contracts/cases/application-submitted.v1';
import { envelope, event } from '@okienko/contracts/event';
import { EventInvalid } from '@okienko/contracts/validation';
import { createServiceDatabase, dropServiceDatabase } from '@okienko/local/databases';
import { freshContext } from '@okienko/messaging/context';
import { dataSource } from '@okienko/messaging/data-source';
import { DeadLetters, type Handle } from '@okienko/messaging/dead-letters';
import { Inbox } from '@okienko/messaging/inbox';
import { InboxConsumer } from '@okienko/messaging/inbox-consumer';
import type { Broker } from '@okienko/messaging/jetstream';
import { messagingTables } from '@okienko/messaging/tables';
import type { StrandOf } from '@okienko/messaging/strands';
import { Telemetry } from '@okienko/messaging/telemetry';
import fc from 'fast-check';
import { Client } from 'pg';
import { pino } from 'pino';
import { Registry } from 'prom-client';
import type { DataSource } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { eventually } from './eventually';

const mark = `i${randomBytes(5).toString('hex')}`;
const role = { suffix: `_${mark}` };
const admin = process.env['TEST_DATABASE_URL'] ?? '';

const bodyOf = (subject: string, sequence: number, change: object = {}): string => {
  const fact = event(applicationSubmittedV1, subject, {
    personId: uuidv7(),
    applicantRole: 'PERSON',
    channel: 'DESK',
    filedAt: new Date().toISOString(),
    items: [],
  });
  return JSON.stringify({ ...envelope(fact, sequence, new Date(), freshContext()), ...change });
};

interface Delivered {
  readonly message: JsMsg;
  readonly answers: string[];
}

/** A delivery as the broker makes it, which a real one cannot be made to repeat at will. */
function delivery(body: string, deliveryCount = 1): Delivered {
  const answers: string[] = [];
  const answer = (name: string) => () => void answers.push(name);
  const message = {
    string: () => body,
    info: { deliveryCount },
    working: () => undefined,
    ack: answer('ack'),
    nak: answer('nak'),
    term: answer('term'),
  } as unknown as JsMsg;
  return { message, answers };
}

/** Hands out these messages at once, so that they are one batch, and then nothing more until it is stopped. */
function brokerWith(
  messages: readonly Delivered[],
  binding: Promise<unknown> = Promise.resolve(),
  between: () => Promise<void> = () => Promise.resolve(),
): Broker {
  let stop = (): void => undefined;
  const stopped = new Promise<void>((resolve) => (stop = resolve));
  let next = 0;
  const iterator: AsyncIterator<JsMsg> = {
    async next() {
      const one = messages[next++];
      if (one && next > 1) await between();
      else if (!one) await stopped;
      return one ? { value: one.message } : { value: undefined, done: true };
    },
  };
  const fetch = async (): Promise<object> => {
    await binding;
    return { [Symbol.asyncIterator]: () => iterator, stop, status: () => (async function* () {})() };
  };
  return { streams: { consumers: { get: () => Promise.resolve({ fetch }) } } } as unknown as Broker;
}

describe('the inbox consumer', () => {
  let database: DataSource;
  let handled: string[];
  const running = new Set<InboxConsumer>();
  const note: Handle = (incoming) => Promise.resolve(void handled.push(`${incoming.aggregateId} ${incoming.sequence}`));

  const start = (broker: Broker, handle: Handle = note, strandOf?: StrandOf): InboxConsumer => {
    const consumer = new InboxConsumer(
      { stream: 'CASES', durable: 'test', aggregates: new Set(['application']) },
      broker,
      database,
      handle,
      () => undefined,
      new Telemetry(pino({ level: 'silent' }), new Registry()),
      undefined,
      strandOf,
    );
    running.add(consumer);
    consumer.start();
    return consumer;
  };

  beforeAll(async () => {
    const { app, migrate } = (await createServiceDatabase(admin, mark, role)).cases;
    const owner = new Client({ connectionString: migrate });
    await owner.connect();
    for (const sql of messagingTables()) await owner.query(sql);
    await owner.query('create table effect (place bigserial, aggregate uuid not null, sequence int not null)');
    await owner.end();
    database = await dataSource({ url: app, mappings: [], migrations: [], name: 'test' }).initialize();
  }, 60_000);
  beforeEach(() => {
    handled = [];
  });
  afterEach(async () => {
    await Promise.all([...running].map((consumer) => consumer.stop()));
    running.clear();
  });
  afterAll(async () => {
    await database.destroy();
    await dropServiceDatabase(admin, mark, role);
  });

  test('of a message that comes twice while it must wait, neither copy is acknowledged', async () => {
    const body = bodyOf(uuidv7(), 2);
    const copies = [delivery(body), delivery(body, 2)];
    // While this one is handled the copies gather in one batch.
    start(brokerWith([delivery(bodyOf(uuidv7(), 1)), ...copies]));
    await eventually(() => expect(copies.map(({ answers }) => answers)).toEqual([['nak'], ['nak']]));
  });

  test('of a message that comes twice while its handler fails, neither copy is acknowledged', async () => {
    const subject = uuidv7();
    const body = bodyOf(subject, 1);
    const copies = [delivery(body), delivery(body, 2)];
    const consumer = start(brokerWith([delivery(bodyOf(uuidv7(), 1)), ...copies]), (incoming) =>
      incoming.aggregateId === subject ? Promise.reject(new Error('not now')) : Promise.resolve(),
    );
    await eventually(() => expect(copies.map(({ answers }) => answers)).toEqual([['nak'], ['nak']]));
    await consumer.stop();
    const id = (JSON.parse(body) as { id: string }).id;
    expect(await database.query('select from inbox where event_id = $1', [id])).toEqual([]);
  });

  test('deliveries that failed with the database do not count as waiting for a predecessor', async () => {
    const subject = uuidv7();
    const later = delivery(bodyOf(subject, 2), 500);
    const first = delivery(bodyOf(subject, 1), 500);
    start(brokerWith([later, first]));
    await eventually(() => expect([later.answers, first.answers]).toEqual([['ack'], ['ack']]));
    expect(await database.query('select 1 from dead_letter where aggregate_id = $1', [subject])).toEqual([]);
  });

  test('a predecessor that never comes is waited for so often, and then its successor is parked', async () => {
    const subject = uuidv7();
    const body = bodyOf(subject, 2);
    const deliveries = Array.from({ length: 10 }, () => delivery(body));
    for (const one of deliveries) {
      // As if it had waited for most of the ten minutes already.
      if (one === deliveries[1]) await database.query('update inbox_attempt set waits = 591 where waits = 1');
      const consumer = start(brokerWith([one]));
      await eventually(() => expect(one.answers).toHaveLength(1));
      await consumer.stop();
    }
    expect(deliveries.map(({ answers }) => answers[0])).toEqual([...Array<string>(9).fill('nak'), 'term']);
  }, 30_000);

  test.each([
    ['an id that is an object without a text', () => bodyOf(uuidv7(), 1, { id: { toString: 1 } })],
    ['a NUL in it', () => 'not\0json'],
    ['a sequence that no column holds', () => bodyOf(uuidv7(), 1, { sequence: '9999999999' })],
  ])('a message with %s is put away, and the next one is handled', async (_, body) => {
    const subject = uuidv7();
    const bad = delivery(body());
    const good = delivery(bodyOf(subject, 1));
    start(brokerWith([bad, good]));
    await eventually(() => expect([bad.answers, good.answers]).toEqual([['term'], ['ack']]), 3000);
    expect(handled).toEqual([`${subject} 1`]);
  });

  test('an error whose text cannot be stored is counted all the same', async () => {
    const bad = delivery(bodyOf(uuidv7(), 1));
    start(brokerWith([bad]), () => Promise.reject(new Error('a\0b')));
    await eventually(() => expect(bad.answers).toEqual(['nak']));
    expect(await database.query(`select last_error from inbox_attempt where last_error like 'a_b'`)).toHaveLength(1);
  });

  test('a message that comes at the very moment when the one before is done does not wait for the next', async () => {
    for (let ticks = 0; ticks < 30; ticks += 1) {
      const passedOver = (): Delivered =>
        delivery(bodyOf(uuidv7(), 1, { type: 'pl.okienko.cases.somebody-elses.thing.v1' }));
      const [first, last] = [passedOver(), passedOver()];
      const later = async (): Promise<void> => {
        for (let tick = 0; tick < ticks; tick += 1) await Promise.resolve();
      };
      const consumer = start(brokerWith([first, last], Promise.resolve(), later));
      await eventually(() => expect([ticks, first.answers, last.answers]).toEqual([ticks, ['ack'], ['ack']]), 1000);
      await consumer.stop();
    }
  });

  test('told to stop while it binds, it stops', async () => {
    let bound: () => void = () => undefined;
    const consumer = start(brokerWith([], new Promise<void>((resolve) => (bound = resolve))));
    await Promise.resolve();
    const stopped = consumer.stop().then(() => 'stopped');
    bound();
    const late = new Promise((resolve) => setTimeout(() => resolve('still running'), 1000));
    expect(await Promise.race([stopped, late])).toBe('stopped');
  });

  test('a batch in which each event is the next of its aggregate takes one round trip', async () => {
    const [one, other] = [uuidv7(), uuidv7()];
    const deliveries = [delivery(bodyOf(one, 1)), delivery(bodyOf(other, 1)), delivery(bodyOf(one, 2))];
    const careful = jest.spyOn(Inbox.prototype, 'positions');
    start(brokerWith(deliveries));
    await eventually(() => expect(deliveries.map(({ answers }) => answers)).toEqual([['ack'], ['ack'], ['ack']]));
    expect(careful).not.toHaveBeenCalled();
    careful.mockRestore();
    expect(handled).toEqual([`${one} 1`, `${other} 1`, `${one} 2`]);
  });

  test('events of different strands are handled side by side, and one that fails costs only itself', async () => {
    const ids = Array.from({ length: 3 }, () => uuidv7()) as [string, string, string];
    const [, bad, alone] = ids;
    const deliveries = [...ids.map((id) => delivery(bodyOf(id, 1))), delivery(bodyOf(ids[0], 2))];
    let atWork = 0;
    const atOnce: [string, number][] = [];
    const handle: Handle = async ({ aggregateId, sequence }, transaction) => {
      atWork += 1;
      atOnce.push([aggregateId, atWork]);
      try {
        await transaction.query('insert into effect (aggregate, sequence) values ($1, $2)', [aggregateId, sequence]);
        if (aggregateId === bad) throw new EventInvalid('it', 'broken');
      } finally {
        atWork -= 1;
      }
    };
    const first = delivery(bodyOf(uuidv7(), 1));
    // While this one is handled the others gather in one batch.
    start(brokerWith([first, ...deliveries]), handle, ({ subject }) => (subject === alone ? undefined : subject));
    await eventually(() =>
      expect(deliveries.map(({ answers }) => answers)).toEqual([['ack'], ['term'], ['ack'], ['ack']]),
    );
    expect(Math.max(...atOnce.filter(([id]) => id !== alone).map(([, count]) => count))).toBe(2);
    expect(atOnce.filter(([id]) => id === alone).map(([, count]) => count)).toContain(1);
    expect(
      await database.query('select aggregate, sequence from effect where aggregate = any($1) order by place', [ids]),
    ).toEqual([
      { aggregate: ids[0], sequence: 1 },
      { aggregate: alone, sequence: 1 },
      { aggregate: ids[0], sequence: 2 },
    ]);
  });

  test('in whatever order and however often events come, to two replicas, each takes effect once and in its turn', async () => {
    const effect: Handle = ({ aggregateId, sequence }, transaction) => {
      transaction.send('insert into effect (aggregate, sequence) values ($1, $2)', [aggregateId, sequence]);
      return Promise.resolve();
    };
    const arrivals = fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 4 }).chain((lengths) => {
      const events = lengths.flatMap((length, aggregate) =>
        Array.from({ length }, (_, index) => ({ aggregate, sequence: index + 1 })),
      );
      const all = fc.shuffledSubarray(events, { minLength: events.length });
      return fc.tuple(all, fc.subarray(events), fc.subarray(events), fc.boolean());
    });
    await fc.assert(
      fc.asyncProperty(arrivals, async ([first, again, third, fails]) => {
        const ids = Array.from({ length: 4 }, () => uuidv7());
        const bodies = new Map<string, string>();
        const of = ({ aggregate, sequence }: { aggregate: number; sequence: number }): string => {
          const key = `${aggregate} ${sequence}`;
          if (!bodies.has(key)) bodies.set(key, bodyOf(ids[aggregate] as string, sequence));
          return bodies.get(key) as string;
        };
        let open = [...first, ...again, ...third].map(of);
        let failures = fails ? 2 : 0;
        const handle: Handle = async (incoming, transaction) => {
          await effect(incoming, transaction);
          if (failures > 0 && incoming.sequence % 2 === 0) {
            failures -= 1;
            throw new Error('not now');
          }
        };
        for (let round = 0; open.length > 0; round += 1) {
          expect(round).toBeLessThan(30);
          const halves = [open.filter((_, n) => n % 2 === 0), open.filter((_, n) => n % 2 === 1)];
          const deliveries = halves.map((half) => half.map((body) => delivery(body)));
          const replicas = deliveries.map((half) => start(brokerWith(half), handle));
          await eventually(
            () => expect(deliveries.flat().every(({ answers }) => answers.length > 0)).toBe(true),
            10_000,
          );
          await Promise.all(replicas.map((replica) => replica.stop()));
          open = deliveries.flat().flatMap(({ answers, message }) => (answers.includes('ack') ? [] : message.string()));
        }
        const effects = await database.query<{ aggregate: string; sequence: number }[]>(
          'select aggregate, sequence from effect where aggregate = any($1::uuid[]) order by place',
          [ids],
        );
        for (const [aggregate, id] of ids.entries())
          expect(effects.filter((one) => one.aggregate === id).map(({ sequence }) => sequence)).toEqual(
            Array.from({ length: first.filter((one) => one.aggregate === aggregate).length }, (_, n) => n + 1),
          );
      }),
      { numRuns: 20 },
    );
  }, 60_000);

  /** Parks the first event of a new aggregate and the next ones behind it; the ids of the dead letters, in order. */
  const park = async (count: number): Promise<string[]> => {
    const subject = uuidv7();
    const deliveries = Array.from({ length: count }, (_, n) => delivery(bodyOf(subject, n + 1)));
    const consumer = start(brokerWith(deliveries), () => Promise.reject(new EventInvalid('it', 'broken')));
    await eventually(() => expect(deliveries.every(({ answers }) => answers.length === 1)).toBe(true));
    await consumer.stop();
    const parked = await database.query<{ id: string }[]>(
      'select id from dead_letter where aggregate_id = $1 order by sequence',
      [subject],
    );
    return parked.map(({ id }) => id);
  };

  test('a parked event whose follower fails can be dealt with, and then the follower', async () => {
    const letters = new DeadLetters(database);
    const [first = '', second = '', third = ''] = await park(3);
    letters.serve('test', (incoming) =>
      incoming.sequence === 2 ? Promise.reject(new Error('still not')) : note(incoming, undefined as never),
    );
    const states = async (): Promise<string[]> => {
      const rows = await database.query<{ status: string }[]>(
        'select status from dead_letter where id = any($1::uuid[]) order by sequence',
        [[first, second, third]],
      );
      return rows.map(({ status }) => status);
    };
    await letters.retry(first, 'op');
    expect(await states()).toEqual(['RETRIED', 'PARKED', 'PARKED']);
    await expect(letters.retry(second, 'op')).rejects.toThrow('still not');
    await letters.discard(second, 'op', 'it never will');
    expect(await states()).toEqual(['RETRIED', 'DISCARDED', 'RETRIED']);
    expect(handled.map((text) => text.split(' ')[1])).toEqual(['1', '3']);
  });

  test('retrying an event that is still invalid is refused, and is no failure of the service', async () => {
    const letters = new DeadLetters(database);
    letters.serve('test', () => Promise.reject(new EventInvalid('it', 'broken')));
    const [id = ''] = await park(1);
    await expect(letters.retry(id, 'op')).rejects.toMatchObject({ kind: 'rule-broken', code: 'still-invalid' });
  });

  test('operators at two parked events of one aggregate at once do not fail each other', async () => {
    const letters = new DeadLetters(database);
    letters.serve('test', note);
    for (let round = 0; round < 15; round += 1) {
      const parked = await park(2);
      const outcomes = await Promise.allSettled(parked.map((id) => letters.discard(id, 'op', 'twice')));
      for (const outcome of outcomes)
        if (outcome.status === 'rejected')
          expect((outcome.reason as { code: string }).code).toMatch(/^not-(parked|first-of-its-aggregate)$/);
    }
  }, 30_000);
});
