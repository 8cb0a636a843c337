import { pino } from 'pino';
import { Registry } from 'prom-client';
import type { DataSource } from 'typeorm';
import type { DeadLetters } from './dead-letters';
import { Messaging } from './messaging';
import { Telemetry } from './telemetry';
import type { UnitOfWork } from './unit-of-work';

/** One that has begun, whose parts write down that they were told to end and, a moment later, that they have. */
function begun(connected: boolean) {
  const order: string[] = [];
  const ends = (what: string) => async () => {
    order.push(what);
    await new Promise(setImmediate);
    order.push(`${what} done`);
  };
  const place = { service: 'cases', namespace: 'test', brokerUrl: 'nats://127.0.0.1:9', databaseUrl: '' } as const;
  const messaging = new Messaging(
    place,
    {} as DataSource,
    { onCommitted: () => undefined } as unknown as UnitOfWork,
    {} as DeadLetters,
    new Telemetry(pino({ level: 'silent' }), new Registry()),
  );
  Object.assign(messaging, {
    turns: { stop: ends('turns') },
    consumers: [{ stop: ends('consumer') }],
    relay: { stop: ends('relay') },
    broker: { connection: { drain: ends('drain'), close: ends('close') } },
    ready: true,
    connected,
  });
  return { messaging, order };
}

describe('the end of messaging', () => {
  const inOrder = (...parts: string[]): string[] => parts.flatMap((part) => [part, `${part} done`]);

  test('takes nothing more, finishes what is at hand, lets the relay end, and hands everything to the broker before it closes', async () => {
    const { messaging, order } = begun(true);
    await messaging.stop();
    expect(order).toEqual(inOrder('turns', 'consumer', 'relay', 'drain', 'close'));
    expect(messaging.isFlowing).toBe(false);
  });

  test('does not wait for a broker that is away', async () => {
    const { messaging, order } = begun(false);
    await messaging.stop();
    expect(order).toEqual(inOrder('turns', 'consumer', 'relay', 'close'));
  });

  test('stops consuming once, however often it is told', async () => {
    const { messaging, order } = begun(true);
    await messaging.stopConsuming();
    expect(order).toEqual(inOrder('turns', 'consumer'));
    await messaging.stop();
    expect(order.filter((part) => part === 'consumer')).toHaveLength(1);
  });
});
