import { Injectable } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { Clock } from '@okienko/messaging/clock';
import { currentContext } from '@okienko/messaging/context';
import type { Work } from '@okienko/messaging/unit-of-work';
import { encryptField } from '@okienko/privacy/sealed-column';
import { v7 as uuidv7 } from 'uuid';
import { type Channel, type ChannelCode, CHANNELS } from '../channels/channel';
import { NotificationsConfig } from '../config';
import { EvidenceCommands } from '../evidence/evidence.commands';
import type { Recipient } from '../recipients/recipient';
import { RecipientQueries, recordsOf } from '../recipients/recipients.queries';
import { afterQuiet } from '../rules/quiet-hours';
import type { RuleContent, RuleEdition } from '../rules/rule';
import { RuleQueries } from '../rules/rules.queries';
import { waysTo } from '../rules/ways';
import { TaskCommands } from '../tasks/tasks.commands';
import { letterPlace } from './letter-place';
import { LetterWriter } from './letter-writer';
import { type Audience, Message, type Standing } from './message';
import type { LetterFacts, Template } from './message-rules';

/** What a rule wants told about somebody. */
export interface Telling {
  readonly rule: RuleEdition;
  readonly causeId: string;
  readonly personId: string;
  /** Of the person's record: it seals what is said. */
  readonly key: Buffer;
  readonly facts: LetterFacts;
  readonly matterId: string;
  readonly partOf: readonly string[];
  readonly notBefore: Date;
}

/** Whom it goes to; without a recipient the contact details have yet to come. */
export interface Whom {
  readonly recipient?: Recipient;
  /** The record of whoever it is written to instead of the person. */
  readonly addresseeId: string | null;
}

interface Waiting {
  readonly id: string;
  readonly personId: string;
  readonly addresseeId: string | null;
  readonly rule: string | null;
  readonly edition: number | null;
  readonly audience: Audience;
  readonly standing: Standing;
  readonly template: Template;
  readonly facts: LetterFacts;
  readonly channels: readonly ChannelCode[];
  readonly queuedAt: Date;
}

@Injectable()
export class LetterCommands {
  private readonly grace: number;

  constructor(
    private readonly clock: Clock,
    private readonly recipients: RecipientQueries,
    private readonly rules: RuleQueries,
    private readonly writer: LetterWriter,
    private readonly evidence: EvidenceCommands,
    private readonly tasks: TaskCommands,
    private readonly modules: ModuleRef,
    config: NotificationsConfig,
  ) {
    this.grace = config.MESSAGE_GRACE_SECONDS * 1000;
  }

  /** Queues the message with the ways that reach its addressee, and answers its id; where there is none, staff are asked. */
  async send(work: Work, telling: Telling, { recipient, addresseeId }: Whom): Promise<string | undefined> {
    const { rule, causeId, personId, facts, notBefore, key } = telling;
    const ways = recipient ? this.waysTo(rule, recipient) : rule.channels;
    const [first] = ways;
    if (first === undefined) return this.askStaff(work, telling, addresseeId);
    const id = uuidv7();
    const now = this.clock.now();
    const dueAt = recipient
      ? afterQuiet(rule, first, recipient, later(now, notBefore))
      : later(new Date(now.getTime() + this.grace), notBefore);
    const content = recipient ? await this.seal(work, key, id, rule.template, recipient, facts) : null;
    const { code, edition, audience, standing, template } = rule;
    const about = { causeId, personId, addresseeId, facts, matterId: telling.matterId, partOf: telling.partOf };
    const order = { ...about, rule: code, edition, audience, standing, template, channels: ways };
    const { traceparent } = currentContext();
    const message = Message.queue(id, { ...order, traceparent }, content, now, dueAt);
    await work.save(message, message.queued());
    return id;
  }

  /** What has been waiting for somebody's address is written now, in the language that has become known. */
  async addressWaiting(work: Work, someId: string): Promise<void> {
    const waiting = await work.query<Waiting>(
      `select id, person_id as "personId", addressee_id as "addresseeId", rule, edition, audience, standing, template, facts, channels,
         queued_at as "queuedAt"
       from message where (person_id in (${recordsOf}) or addressee_id in (${recordsOf})) and state = 'QUEUED' and content is null
       order by id for update`,
      [someId],
    );
    for (const message of waiting) await this.address(work, message);
  }

  waysTo(rule: Pick<RuleContent, 'channels' | 'needsProof'>, recipient: Recipient): ChannelCode[] {
    // Not asked for at the start: the channels that staff work know messages themselves.
    return waysTo(rule, recipient, this.modules.get<readonly Channel[]>(CHANNELS, { strict: false }));
  }

  private async address(work: Work, message: Waiting): Promise<void> {
    const { id, personId, addresseeId, audience, template, facts } = message;
    const found =
      audience === 'REPRESENTATIVE' && addresseeId !== null
        ? { recipient: await this.recipients.find(work, addresseeId), addresseeId }
        : await this.recipients.addresseeOf(work, personId);
    const key = await this.recipients.existingKeyOf(work, personId);
    if (!found?.recipient || !key) return;
    const rule = await this.ruleOf(work, message);
    const ways = this.waysTo(rule, found.recipient);
    const [first] = ways;
    if (first === undefined) return this.evidence.giveUp(work, await work.load(Message, id), 'NO_ADDRESS');
    const notBefore = new Date(message.queuedAt.getTime() + rule.delayMinutes * 60_000);
    await work.query(
      'update message set content = $2, channels = $3, addressee_id = $4, next_attempt_at = $5 where id = $1',
      [
        id,
        await this.seal(work, key, id, template, found.recipient, facts),
        JSON.stringify(ways),
        found.addresseeId,
        afterQuiet(rule, first, found.recipient, later(this.clock.now(), notBefore)),
      ],
    );
  }

  /** What was queued before there were editions of rules says itself how it goes. */
  private async ruleOf(
    work: Work,
    { rule, edition, channels, standing, queuedAt }: Waiting,
  ): Promise<Pick<RuleContent, 'channels' | 'needsProof' | 'isQuiet' | 'standing' | 'delayMinutes'>> {
    const known =
      rule !== null && edition !== null && (await this.rules.bookFor(queuedAt, work)).edition(rule, edition);
    return known || { channels, standing, needsProof: false, isQuiet: true, delayMinutes: 0 };
  }

  private async askStaff(
    work: Work,
    { rule, causeId, personId }: Telling,
    addresseeId: string | null,
  ): Promise<undefined> {
    if (rule.standing === 'EXTRA') return;
    const whose = rule.audience === 'REPRESENTATIVE' ? (addresseeId ?? personId) : personId;
    await this.tasks.reachPerson(work, causeId, { personId: whose, template: rule.template });
  }

  private async seal(
    work: Work,
    key: Buffer,
    id: string,
    template: Template,
    recipient: Recipient,
    facts: LetterFacts,
  ): Promise<Buffer> {
    const letter = await this.writer.write(template, recipient, facts, work);
    return encryptField(key, JSON.stringify(letter), letterPlace(id));
  }
}

const later = (one: Date, other: Date): Date => (one > other ? one : other);
