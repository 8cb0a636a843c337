import { randomBytes, randomUUID } from 'node:crypto';
import type { Principal, Role } from '@okienko/chassis/access';
import { addDays, type Day, dayOf } from '@okienko/contracts/calendar';
import { personContactChangedV1 } from '@okienko/contracts/cases/person-contact-changed.v1';
import { personDiedV1 } from '@okienko/contracts/cases/person-died.v1';
import { event } from '@okienko/contracts/event';
import { Clock } from '@okienko/messaging/clock';
import { dataSource } from '@okienko/messaging/data-source';
import { UnitOfWork } from '@okienko/messaging/unit-of-work';
import { KeyRing } from '@okienko/privacy/key-ring';
import { PersonKeys } from '@okienko/privacy/person-keys';
import { encryptField } from '@okienko/privacy/sealed-column';
import { generateSealingKeyPair, seal, type SealingKeyPair } from '@okienko/privacy/sealed-payload';
import { type Answer, type ServiceUnderTest, startForTest } from '@okienko/testing/service-test';
import type { DataSource } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import type { ChannelCode } from './channels/channel';
import { mappings } from './data-source';
import { EvidenceCommands } from './evidence/evidence.commands';
import { InboxCommands } from './inbox/inbox.commands';
import { letterPlace } from './messages/letter-place';
import { notificationsService } from './service';
import { TaskCommands } from './tasks/tasks.commands';
import type { HandChannelCode } from './hand-jobs/delivery-terms';
import { handChannels } from './hand-jobs/hand-channel';
import { HandEvidence } from './hand-jobs/hand-evidence.commands';
import { HandJobCommands } from './hand-jobs/hand-jobs.commands';
import type { HandJobView } from './hand-jobs/hand-jobs.dto';

export type Json = Record<string, unknown>;

/** Days ahead of the real one. */
export class MovedClock extends Clock {
  days = 0;
  override now(): Date {
    return new Date(Date.now() + this.days * 24 * 60 * 60 * 1000);
  }
  get today(): Day {
    return dayOf(this.now());
  }
  in(days: number): Day {
    return addDays(this.today, days);
  }
}

export const as = (role: Role, sub = `${role}-1`): Partial<Principal> => ({ sub, roles: [role] });
export const desk = as('desk', 'desk-anna');
export const problemOf = ({ status, body }: Answer<Json>): string =>
  `${status} ${
    String(body['type'] ?? '')
      .split('/')
      .at(-1) ?? ''
  }`;

interface Sent {
  /** Whether the rule wants the delivery proved; it does unless said otherwise. */
  readonly isProofNeeded?: boolean;
  readonly channels?: readonly ChannelCode[];
  readonly addresseeId?: string;
  readonly text?: string;
}

/** The service with people, messages to them, and hands to put them into. */
export class HandScenario {
  private constructor(
    readonly service: ServiceUnderTest,
    readonly clock: MovedClock,
    private readonly sealing: SealingKeyPair,
    private readonly keys: PersonKeys,
    private readonly source: DataSource,
    readonly jobs: HandJobCommands,
  ) {}

  static async start(): Promise<HandScenario> {
    const clock = new MovedClock();
    const sealing = await generateSealingKeyPair();
    const [masterKey, webhookKey] = [randomBytes(32).toString('base64'), randomBytes(32).toString('base64')];
    const environment = {
      MASTER_KEY: masterKey,
      WEBHOOK_KEY: webhookKey,
      SEALING_PRIVATE_KEY: JSON.stringify(sealing.privateJwk),
      SMTP_URL: 'smtp://127.0.0.1:9',
      MAIL_FROM: 'CUS Elbląg <wiadomosci@cus.example.pl>',
      CENTRE_NAME: 'Centrum Usług Społecznych w Elblągu',
    };
    const service = await startForTest(notificationsService, environment, clock);
    const source = await dataSource({
      url: service.database.app,
      mappings,
      migrations: [],
      name: 'hands',
    }).initialize();
    await makeProvedRule(service);
    const work = new UnitOfWork(source, clock);
    const inbox = new InboxCommands(work, clock);
    const evidence = new EvidenceCommands(clock, new TaskCommands(work, clock, inbox));
    const keys = new PersonKeys(KeyRing.fromEnvironmentValues(masterKey, webhookKey));
    return new HandScenario(
      service,
      clock,
      sealing,
      keys,
      source,
      new HandJobCommands(work, clock, new HandEvidence(clock, evidence), inbox),
    );
  }

  async stop(): Promise<void> {
    await this.source?.destroy();
    await this.service?.stop();
  }

  async person(contact: object = {}, personId: string = randomUUID(), sequence = 1): Promise<string> {
    const postalAddress = { street: 'ul. Świętego Ducha 7/3', postalCode: '82-300', city: 'Elbląg' };
    const inside = { personId, name: 'Żaneta Łoś', language: 'pl', form: 'STANDARD', postalAddress, ...contact };
    const recipient = await seal(this.sealing.publicJwk, inside);
    await this.heard(await this.service.publish(event(personContactChangedV1, personId, { recipient }), { sequence }));
    return personId;
  }

  async dies(personId: string): Promise<void> {
    const fact = event(personDiedV1, personId, { diedOn: this.clock.today, source: 'FAMILY' });
    await this.heard(await this.service.publish(fact, { sequence: 1 }));
  }

  /** A message that has come to its channel, and been put into hands. */
  async put(channel: HandChannelCode, personId: string, sent: Sent = {}): Promise<HandJobView> {
    const messageId = await this.message(personId, { channels: [channel], ...sent });
    await this.hand(channel, messageId);
    const [job] = (await this.list(`personId=${personId}&channel=${channel}`)).slice(-1);
    if (!job) throw new Error('no job was put');
    return job;
  }

  hand(channel: HandChannelCode, messageId: string) {
    const letter = { language: 'pl', subject: '', text: '' } as const;
    return handChannels(this.jobs)
      .find(({ code }) => code === channel)
      ?.send({ messageId, attempt: 1, letter });
  }

  async message(
    personId: string,
    { isProofNeeded = true, channels = ['LETTER'], addresseeId, text }: Sent,
  ): Promise<string> {
    const id = uuidv7();
    const key = await this.keys.keyOf({ query: (sql, values) => this.service.sql(sql, values) }, personId);
    const letter = {
      language: 'pl',
      subject: 'Masz wiadomość z CUS',
      text: text ?? 'Dzień dobry,\n\nTwój plan jest zatwierdzony.\n',
      short: 'Masz wiadomość z CUS',
    };
    await this.service.sql(
      `insert into message (id, version, cause_id, person_id, template, facts, content, state, queued_at, next_attempt_at,
         addressee_id, rule, standing, matter_id, channels)
       values ($1, 1, $2, $3, 'plan-approved', '{}', $4, 'IN_HANDS', $5, $5, $6, $7, 'LEGAL', $8, $9)`,
      [
        id,
        randomUUID(),
        personId,
        encryptField(key, JSON.stringify(letter), letterPlace(id)),
        this.clock.now(),
        addresseeId ?? null,
        isProofNeeded ? provedRule : 'plan-approved',
        randomUUID(),
        JSON.stringify(channels),
      ],
    );
    return id;
  }

  async list(query: string): Promise<HandJobView[]> {
    const { body } = await this.service.http<{ items: HandJobView[] }>('GET', `/hand-jobs?limit=200&${query}`, {
      as: desk,
    });
    return body.items;
  }

  async job(id: string): Promise<HandJobView> {
    return (await this.service.http<HandJobView & Json>('GET', `/hand-jobs/${id}`, { as: desk })).body;
  }

  act(job: Pick<HandJobView, 'id' | 'version'>, act: string, body: Json = {}, caller = desk): Promise<Answer<Json>> {
    return this.service.http<Json>('POST', `/hand-jobs/${job.id}/${act}`, { as: caller, body, ifMatch: job.version });
  }

  /** Takes letters, as somebody who posts them at once. */
  begin(most = 100, caller = desk): Promise<Answer<Json>> {
    return this.service.http<Json>('POST', '/print-runs', { as: caller, body: { most } });
  }

  /** A letter that was posted today, with all others that waited. */
  async posted(personId: string, sent: Sent = {}): Promise<HandJobView> {
    const { id } = await this.put('LETTER', personId, sent);
    const { body: run } = await this.begin();
    const path = `/print-runs/${String(run['id'])}`;
    const { body } = await this.service.http<{ letters: HandJobView[] }>('GET', path, { as: desk });
    const registered = body.letters.map(({ id: jobId }, at) => ({ jobId, number: `RR${at}-${jobId.slice(0, 8)}PL` }));
    const confirmed = await this.service.http<Json>('POST', `${path}/confirmation`, {
      as: desk,
      body: { postedOn: this.clock.today, registered },
      ifMatch: Number(run['version']),
    });
    if (confirmed.status !== 200) throw new Error(JSON.stringify(confirmed.body));
    return this.job(id);
  }

  async pdf(path: string, caller = desk): Promise<Buffer> {
    const headers = { Authorization: `Bearer ${await this.service.issuer.token(caller)}` };
    const response = await fetch(`${this.service.url}${path}`, { headers });
    if (response.status !== 200) throw new Error(await response.text());
    return Buffer.from(await response.arrayBuffer());
  }

  evidenceOf(messageId: string): Promise<Json[]> {
    return this.service.sql<Json>(
      `select channel, kind, on_day::text as "onDay", evidence_no as "evidenceNo", code, recorded_by as "by"
       from message_evidence where message_id = $1 order by at, kind`,
      [messageId],
    );
  }

  async messageState(id: string): Promise<string> {
    const [row] = await this.service.sql<{ state: string }>('select state from message where id = $1', [id]);
    return row?.state ?? 'gone';
  }

  private heard(eventId: string): Promise<void> {
    return this.service.eventually(async () =>
      expect(await this.service.sql('select 1 from inbox where event_id = $1', [eventId])).toHaveLength(1),
    );
  }
}

const provedRule = 'to-be-proved';

/** Like a rule that the service begins with, none of which asks for a proof. */
async function makeProvedRule({ sql }: ServiceUnderTest): Promise<void> {
  const id = randomUUID();
  await sql(
    `insert into message_rule (id, version, code, edition, in_force_from, is_on, content)
     select $1, 0, $2, 1, in_force_from, false, content || '{"needsProof": true}' from message_rule where code = 'plan-approved'`,
    [id, provedRule],
  );
  await sql(
    `insert into message_rule_edition (rule_id, edition, in_force_from, is_on, content, decided_by, decided_at, reason)
     select id, 1, in_force_from, is_on, content, 'test', now(), 'test' from message_rule where id = $1`,
    [id],
  );
}
