import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes, randomInt, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { applicationForwardedV1 } from '@okienko/contracts/cases/application-forwarded.v1';
import { applicationSubmittedV1 } from '@okienko/contracts/cases/application-submitted.v1';
import { feeOverdueV1 } from '@okienko/contracts/cases/fee-overdue.v1';
import { personContactChangedV1 } from '@okienko/contracts/cases/person-contact-changed.v1';
import { planApprovedV1 } from '@okienko/contracts/cases/plan-approved.v1';
import { planClosedV1 } from '@okienko/contracts/cases/plan-closed.v1';
import { planReturnedV1 } from '@okienko/contracts/cases/plan-returned.v1';
import { type DomainEvent, envelope, event, subjectOf } from '@okienko/contracts/event';
import { freshContext } from '@okienko/messaging/context';
import { generateSealingKeyPair, seal, type SealingKeyPair } from '@okienko/privacy/sealed-payload';
import { eventually } from '@okienko/testing/eventually';
import { placeForTest, type ServicePlace } from '@okienko/testing/service-place';
import { SMTPServer } from 'smtp-server';
import { notificationsService } from '../service';

/** `PROOF_EVENTS=10000 npm run component -w @okienko/notifications -- exactly-once` is the long form. */
const size = Number(process.env['PROOF_EVENTS'] ?? 250);
const persons = Math.max(20, Math.round(size / 20));
const minutes = 60_000;
jest.setTimeout(6 * minutes + size * 60);

/** Which text each fact is told with; the last is told to nobody. Written by hand, not read from the rules. */
const told = [
  { contract: applicationSubmittedV1, template: 'application-received' },
  { contract: applicationForwardedV1, template: 'application-forwarded' },
  { contract: planApprovedV1, template: 'plan-approved' },
  { contract: planClosedV1, template: 'plan-closed' },
  { contract: feeOverdueV1, template: 'fee-overdue' },
  { contract: planReturnedV1, template: undefined },
] as const;

interface Expected {
  readonly causeId: string;
  readonly personId: string;
  readonly template: string;
}

/** Takes mail, but one in ten attempts is turned away for now, and one in thirty breaks off after the text was sent; no address more than twice. */
class MoodyMailServer {
  /** Message-IDs of what was taken, by address. */
  readonly taken: { readonly to: string; readonly messageId: string }[] = [];
  private readonly refusals = new Map<string, number>();
  private readonly server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    onRcptTo: ({ address }, _session, done) =>
      done(this.isMoody(address, 10) ? Object.assign(new Error('later'), { responseCode: 451 }) : null),
    onData: (stream, session, done) => {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', () => {
        if (this.isMoody(session.envelope.rcptTo[0]?.address ?? '', 30))
          return done(Object.assign(new Error('busy'), { responseCode: 421 }));
        const [, messageId = ''] = /^Message-ID: <([^@>]+)@/im.exec(Buffer.concat(parts).toString()) ?? [];
        this.taken.push({ to: session.envelope.rcptTo[0]?.address ?? '', messageId });
        return done();
      });
    },
  });

  private isMoody(address: string, oneIn: number): boolean {
    const before = this.refusals.get(address) ?? 0;
    if (before === 2 || randomInt(oneIn) !== 0) return false;
    this.refusals.set(address, before + 1);
    return true;
  }

  async start(): Promise<string> {
    // A replica that is killed breaks its connections off.
    this.server.on('error', () => undefined);
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `smtp://127.0.0.1:${(this.server.server.address() as AddressInfo).port}`;
  }

  stop(): Promise<void> {
    return new Promise((resolve) => this.server.close(resolve));
  }
}

/** One replica as a process of its own, which is killed without warning and started again until it is to stay. */
class Replica {
  private process: ChildProcess | undefined;
  private said = '';
  kills = 0;

  constructor(private readonly environment: NodeJS.ProcessEnv) {}

  start(): void {
    const main = join(__dirname, '..', '..', 'dist', 'main.js');
    this.process = spawn(process.execPath, [main], { env: this.environment, stdio: ['ignore', 'pipe', 'pipe'] });
    this.said = '';
    for (const stream of [this.process.stdout, this.process.stderr])
      stream?.on('data', (part: Buffer) => (this.said = `${this.said}${part.toString()}`.slice(-2000)));
  }

  async kill(): Promise<void> {
    const dying = this.process;
    if (!dying || dying.exitCode !== null) throw new Error(`A replica ended by itself: ${this.said}`);
    dying.kill('SIGKILL');
    await once(dying, 'exit');
    this.kills += 1;
  }

  async stop(): Promise<void> {
    if (!this.process || this.process.exitCode !== null || this.process.signalCode !== null) return;
    this.process.kill('SIGTERM');
    await once(this.process, 'exit');
  }
}

describe(`${size} events, one in five twice, two replicas that are killed again and again, a moody mail server`, () => {
  const mail = new MoodyMailServer();
  let place: ServicePlace;
  let sealing: SealingKeyPair;
  let replicas: Replica[];

  beforeAll(async () => {
    place = await placeForTest(notificationsService);
    sealing = await generateSealingKeyPair();
    const environment = {
      ...place.environment,
      PATH: process.env['PATH'],
      PORT: '0',
      WEBHOOK_KEY: randomBytes(32).toString('base64'),
      SEALING_PRIVATE_KEY: JSON.stringify(sealing.privateJwk),
      SMTP_URL: await mail.start(),
      MAIL_FROM: 'CUS <wiadomosci@cus.example.pl>',
      MESSAGE_GRACE_SECONDS: '3600',
      MESSAGE_ATTEMPTS: '50',
    };
    replicas = [new Replica(environment), new Replica(environment)];
    for (const replica of replicas) replica.start();
  }, minutes);

  afterAll(async () => {
    for (const replica of replicas) await replica.stop();
    await mail.stop();
    await place.remove();
  }, minutes);

  const publish = async (fact: DomainEvent, sequence: number): Promise<string> => {
    const sent = envelope(fact, sequence, new Date(), freshContext());
    const put = (): Promise<unknown> =>
      place.broker.streams.publish(`${place.mark}.${subjectOf(fact.contract)}`, JSON.stringify(sent));
    await put();
    if (randomInt(5) === 0) await put();
    return sent.id;
  };

  it('tell each person what the rules give, each once', async () => {
    // Every tenth person has no address: somebody has to reach them.
    const everybody = Array.from({ length: persons }, (_, index): { personId: string; email: string | undefined } => {
      const personId = randomUUID();
      return { personId, email: index % 10 === 0 ? undefined : `${personId}@example.pl` };
    });
    const expected: Expected[] = [];
    let isPublished = false;
    const publishing = (async () => {
      const introduced = new Set<string>();
      for (let number = 0; number < size; number += 1) {
        const person = everybody[randomInt(persons)] as (typeof everybody)[number];
        const { contract, template } = told[randomInt(told.length)] as (typeof told)[number];
        const data = { ...contract.examples[0], personId: person.personId, imported: undefined };
        const causeId = await publish(event(contract, randomUUID(), data as never) as DomainEvent, 1);
        if (template) expected.push({ causeId, personId: person.personId, template });
        if (!introduced.has(person.personId)) {
          introduced.add(person.personId);
          const inside = { name: 'Anna Zielińska', language: 'pl', form: 'STANDARD', ...person };
          const recipient = await seal(sealing.publicJwk, inside);
          await publish(event(personContactChangedV1, person.personId, { recipient }), 1);
        }
        if (number % 50 === 49) await pause(100);
      }
      isPublished = true;
    })();

    const settled = async (): Promise<number> => {
      const { rows } = await place.pool.query<{ count: string }>(
        `select (select count(*) from message where state = 'SENT') + (select count(*) from task) as count`,
      );
      return Number(rows[0]?.count);
    };
    // Killing goes on while events come, and ends so that what is left can be finished.
    while (!isPublished || (await settled()) < expected.length / 2) {
      await pause(2000 + randomInt(1500));
      const replica = replicas[randomInt(replicas.length)] as Replica;
      await replica.kill();
      replica.start();
    }
    await publishing;
    await eventually(async () => expect(await settled()).toBe(expected.length), 4 * minutes + size * 30);

    const { rows: kept } = await place.pool.query<Expected & { id: string; state: string }>(
      `select cause_id as "causeId", person_id as "personId", template, id, state from message`,
    );
    const { rows: tasks } = await place.pool.query<Expected>(
      `select cause_id as "causeId", person_id as "personId", template from task`,
    );
    const inOrder = (all: readonly Expected[]): string[] =>
      all.map(({ causeId, personId, template }) => `${causeId} ${personId} ${template}`).sort();
    const hasMail = new Map(everybody.map(({ personId, email }) => [personId, email] as const));
    expect(inOrder(kept.filter(({ state }) => state === 'SENT'))).toEqual(
      inOrder(expected.filter(({ personId }) => hasMail.get(personId))),
    );
    expect(inOrder(tasks)).toEqual(inOrder(expected.filter(({ personId }) => !hasMail.get(personId))));

    // What the mail server took: every message, to its own address, and nothing else.
    const received = new Map(mail.taken.map(({ messageId, to }) => [messageId, to] as const));
    const sent = kept.filter(({ state }) => state === 'SENT');
    expect(received.size).toBe(sent.length);
    for (const { id, personId } of sent) expect(received.get(id)).toBe(hasMail.get(personId));
    const kills = replicas.reduce((sum, replica) => sum + replica.kills, 0);
    const again = mail.taken.length - received.size;
    process.stdout.write(
      `${size} events, ${kills} kills: ${sent.length} messages and ${tasks.length} tasks, ${again} mails came a second time under the same Message-ID\n`,
    );
    expect(kills).toBeGreaterThan(0);
    // Only what was in hand at a kill may come again: at most what a replica sends at a time.
    expect(again).toBeLessThanOrEqual(kills * atOnce);
  });
});

const atOnce = 50;
