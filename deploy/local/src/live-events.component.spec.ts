import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { type JetStreamClient, jetstream } from '@nats-io/jetstream';
import { type NatsConnection, connect } from '@nats-io/transport-node';
import { programmePublishedV1 } from '@okienko/contracts/catalogue/programme-published.v1';
import { applicationSubmittedV1 } from '@okienko/contracts/cases/application-submitted.v1';
import { personContactChangedV1 } from '@okienko/contracts/cases/person-contact-changed.v1';
import { type EventContract, envelope, event, subjectOf } from '@okienko/contracts/event';
import { type LiveEvent, type LiveEvents, followEvents } from './live-events';
import { type NatsEngine, startNats } from './nats';
import { temporaryHome } from './paths';
import { freePort } from './ports';
import { prepareStreams } from './services';
import { Supervisor } from './supervise';

jest.setTimeout(120_000);
delete process.env['NATS_URL'];

const cause = { traceparent: `00-${'1'.repeat(32)}-${'2'.repeat(16)}-01`, correlationId: randomUUID() };

async function until(condition: () => boolean, seconds = 20): Promise<void> {
  const deadline = Date.now() + seconds * 1000;
  while (!condition() && Date.now() < deadline) await pause(20);
  expect(condition()).toBe(true);
}

describe('live events', () => {
  const home = temporaryHome();
  const supervisor = new Supervisor(home);
  let nats: NatsEngine;
  let connection: NatsConnection;
  let stream: JetStreamClient;
  let live: LiveEvents;

  const publish = async (contract: EventContract, subject: string, sequence = 1) => {
    const fact = event(contract, subject, contract.examples[0] ?? {});
    const { seq } = await stream.publish(
      `okienko.${subjectOf(contract)}`,
      JSON.stringify(envelope(fact, sequence, new Date(), cause)),
    );
    return seq;
  };
  const publishing = async () => {
    connection = await connect({ servers: nats.url });
    stream = jetstream(connection);
  };
  const of = (subject: string) => live.events().filter((one) => one.subject === subject);

  beforeAll(async () => {
    nats = await startNats({ home, port: await freePort(), supervisor, say: () => {}, syncAlways: false });
    await prepareStreams(nats.url);
    await publishing();
  });
  beforeEach(async () => {
    live = await followEvents({ url: nats.url });
  });
  afterEach(() => live.stop());
  afterAll(async () => {
    await connection.close();
    await supervisor.stopAll();
    rmSync(home, { recursive: true, force: true });
  });

  it('are told as they come, with what they say', async () => {
    const told: LiveEvent[] = [];
    live.onEvent((one) => told.push(one));
    const subject = randomUUID();
    const seq = await publish(applicationSubmittedV1, subject, 3);
    await until(() => told.length > 0);
    expect(told).toEqual([
      {
        place: `OKIENKO_CASES/${seq}`,
        storedAt: expect.any(String) as string,
        service: 'cases',
        type: 'cases.application.submitted.v1',
        title: applicationSubmittedV1.title,
        sealed: false,
        id: expect.any(String) as string,
        subject,
        sequence: 3,
        time: expect.any(String) as string,
        data: applicationSubmittedV1.examples[0],
      },
    ]);
    expect(live.events()).toEqual(told);
  });

  it('say nothing of a sealed event but its type', async () => {
    const seq = await publish(personContactChangedV1, randomUUID());
    const place = `OKIENKO_SEALED/${seq}`;
    await until(() => live.events().some((one) => one.place === place));
    expect(live.events().find((one) => one.place === place)).toEqual({
      place,
      storedAt: expect.any(String) as string,
      service: 'cases',
      type: 'cases.person-contact.changed.v1',
      title: personContactChangedV1.title,
      sealed: true,
    });
  });

  it('survive what is no event', async () => {
    const { seq } = await stream.publish('okienko.cases.application.submitted.v1', 'not JSON');
    const place = `OKIENKO_CASES/${seq}`;
    await until(() => live.events().some((one) => one.place === place));
    const subject = randomUUID();
    await publish(applicationSubmittedV1, subject);
    await until(() => of(subject).length === 1);
  });

  it('go on where they were after the broker was restarted', async () => {
    const subject = randomUUID();
    await publish(applicationSubmittedV1, subject, 1);
    await until(() => of(subject).length === 1);
    await supervisor.restart('nats');
    await connection.close();
    await publishing();
    await publish(applicationSubmittedV1, subject, 2);
    await until(() => of(subject).length >= 2);
    await publish(applicationSubmittedV1, subject, 3);
    await until(() => of(subject).length >= 3);
    expect(of(subject).map(({ sequence }) => sequence)).toEqual([1, 2, 3]);
  });

  it('begin with the last 500, in the order of the broker over all streams', async () => {
    const subject = randomUUID();
    for (let sequence = 1; sequence <= 510; sequence += 1) {
      await publish(sequence % 2 ? applicationSubmittedV1 : programmePublishedV1, subject, sequence);
    }
    const later = await followEvents({ url: nats.url });
    try {
      const wanted = Array.from({ length: 500 }, (_, index) => index + 11);
      await until(() => later.events().at(-1)?.sequence === 510 && later.events()[0]?.sequence === 11);
      expect(later.events().map(({ sequence }) => sequence)).toEqual(wanted);
    } finally {
      await later.stop();
    }
  });

  it('cannot be followed where there are no streams', async () => {
    await expect(followEvents({ url: nats.url, namespace: 'elsewhere' })).rejects.toThrow(/not found/);
  });
});
