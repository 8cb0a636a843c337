import { randomBytes, randomUUID } from 'node:crypto';
import { personContactChangedV1 } from '@okienko/contracts/cases/person-contact-changed.v1';
import { event } from '@okienko/contracts/event';
import { KeyRing } from '@okienko/privacy/key-ring';
import { encryptField } from '@okienko/privacy/sealed-column';
import { generateSealingKeyPair, seal, type SealingKeyPair } from '@okienko/privacy/sealed-payload';
import { type ServiceUnderTest, startForTest } from '@okienko/testing/service-test';
import { v7 as uuidv7 } from 'uuid';
import type { ChannelCode } from '../channels/channel';
import { notificationsService } from '../service';
import { MailServer, PhoneGateway } from './far-ends';
import type { Standing } from './message';
import { letterPlace } from './letter-place';

export interface Known {
  readonly personId: string;
  readonly email: string;
  readonly phone: string;
}

export interface MessageRow {
  readonly state: string;
  readonly reasonCode: string | null;
  readonly channel: string;
  readonly attempts: number;
  readonly hash: string | null;
}

interface More {
  readonly short?: string;
  /** Instead of what a rule would have sealed. */
  readonly sealed?: Buffer;
  readonly standing?: Standing;
  readonly edition?: number;
}

const letter = { language: 'pl', subject: 'Masz wiadomość z CUS', text: 'Twój plan jest zatwierdzony.\n' };

/** The service between a mail server and an SMS gateway of the test. */
export class Sending {
  readonly mail = new MailServer();
  readonly phones = new PhoneGateway();
  readonly reportKey = randomBytes(32).toString('base64');
  private readonly masterKey = randomBytes(32).toString('base64');
  private sealing!: SealingKeyPair;
  private running: ServiceUnderTest | undefined;
  private nextPhone = 600_000_000 + Math.floor(Math.random() * 1_000_000);

  static async start(environment: Record<string, string> = {}): Promise<Sending> {
    const sending = new Sending();
    sending.sealing = await generateSealingKeyPair();
    sending.running = await startForTest(notificationsService, {
      MASTER_KEY: sending.masterKey,
      WEBHOOK_KEY: randomBytes(32).toString('base64'),
      SEALING_PRIVATE_KEY: JSON.stringify(sending.sealing.privateJwk),
      SMTP_URL: await sending.mail.start(),
      MAIL_FROM: 'CUS Elbląg <wiadomosci@cus.example.pl>',
      BOUNCE_ADDRESS: 'bounces@cus.example.pl',
      SMS_GATEWAY_URL: await sending.phones.start(),
      SMS_GATEWAY_SECRET: 'a-token-of-the-gateway',
      SMS_REPORT_KEY: sending.reportKey,
      SMS_PER_SECOND: '0',
      MESSAGE_ATTEMPTS: '2',
      ...environment,
    });
    return sending;
  }

  get service(): ServiceUnderTest {
    if (!this.running) throw new Error('not started');
    return this.running;
  }

  async stop(): Promise<void> {
    await this.running?.stop();
    await Promise.all([this.mail.stop(), this.phones.stop()]);
  }

  async person(more: object = {}): Promise<Known> {
    const personId = randomUUID();
    this.nextPhone += 1;
    const known = { personId, email: `${personId}@example.pl`, phone: `+48${this.nextPhone}` };
    const contact = { ...known, name: 'Anna Zielińska', language: 'pl', form: 'STANDARD', ...more };
    const recipient = await seal(this.sealing.publicJwk, contact);
    await this.service.publish(event(personContactChangedV1, personId, { recipient }), { sequence: 1 });
    await this.service.eventually(async () => {
      expect(await this.service.sql('select 1 from recipient where person_id = $1', [personId])).toHaveLength(1);
    });
    return known;
  }

  /** As a rule would: a message that is written and due, by these ways in this order. */
  async queue(
    personId: string,
    channels: readonly ChannelCode[],
    { short, sealed, standing = 'INFORMATIVE', edition }: More = {},
  ): Promise<string> {
    const id = uuidv7();
    const [row] = await this.service.sql<{ wrapped: Buffer; version: number }>(
      'select wrapped, master_version as version from person_key where person_id = $1',
      [personId],
    );
    if (!row) throw new Error('no key');
    const key = KeyRing.fromEnvironmentValues(this.masterKey).unwrap(row.wrapped, row.version);
    const content = encryptField(key, JSON.stringify({ ...letter, ...(short && { short }) }), letterPlace(id));
    await this.service.sql(
      `insert into message (id, version, cause_id, person_id, rule, template, facts, matter_id, channels, content, standing, edition, state, queued_at, next_attempt_at)
       values ($1, 1, gen_random_uuid(), $2, 'plan-approved', 'plan-approved', '{}', gen_random_uuid(), $3, $4, $5, $6, 'QUEUED', now(), now())`,
      [id, personId, JSON.stringify(channels), sealed ?? content, standing, edition ?? null],
    );
    return id;
  }

  async message(id: string): Promise<MessageRow> {
    const [row] = await this.service.sql<MessageRow>(
      `select state, reason_code as "reasonCode", channel, attempts, encode(content_hash, 'hex') as hash from message where id = $1`,
      [id],
    );
    if (!row) throw new Error('no such message');
    return row;
  }

  settled(id: string, state: string, channel?: string): Promise<MessageRow> {
    return this.service.eventually(async () => {
      const message = await this.message(id);
      expect(message).toMatchObject({ state, ...(channel !== undefined && { channel }) });
      return message;
    });
  }

  evidence(id: string): Promise<{ channel: string; kind: string; code: string | null }[]> {
    return this.service.sql('select channel, kind, code from message_evidence where message_id = $1 order by at', [id]);
  }

  attempts(id: string): Promise<{ channel: string; attempt: number; outcome: string; code: string | null }[]> {
    return this.service.sql(
      'select channel, attempt, outcome, code from message_attempt where message_id = $1 order by at, attempt',
      [id],
    );
  }

  tasks(personId: string): Promise<object[]> {
    return this.service.sql(`select from task where person_id = $1 and state = 'OPEN'`, [personId]);
  }

  /** What has been postponed is due now; what is under way stays with whoever has it. */
  hurry(): Promise<unknown> {
    return this.service.sql(
      `update message m set next_attempt_at = now() where state = 'QUEUED' and exists (
         select from message_attempt a where a.message_id = m.id and a.channel = m.channel and a.attempt = m.attempts)`,
    );
  }
}
