import { Injectable } from '@nestjs/common';
import { type CloudEvent, nameOf } from '@okienko/contracts/event';
import { Clock } from '@okienko/messaging/clock';
import { UnitOfWork, type Work } from '@okienko/messaging/unit-of-work';
import { encryptField } from '@okienko/privacy/sealed-column';
import { v7 as uuidv7 } from 'uuid';
import { NotificationsConfig } from '../config';
import type { Recipient } from '../recipients/recipient';
import { RecipientQueries, recordsOf } from '../recipients/recipients.queries';
import { Task } from '../tasks/task';
import { LetterWriter } from './letter-writer';
import { type FailureReason, Message } from './message';
import {
  type Announcement,
  announcementOf,
  type LetterFacts,
  type Merge,
  mergeOf,
  type Silence,
  silenceOf,
  type Template,
} from './message-rules';

export const letterPlace = (messageId: string) => ({ table: 'message', column: 'content', rowId: messageId });

@Injectable()
export class MessageCommands {
  private readonly grace: number;

  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
    private readonly recipients: RecipientQueries,
    private readonly writer: LetterWriter,
    config: NotificationsConfig,
  ) {
    this.grace = config.MESSAGE_GRACE_SECONDS * 1000;
  }

  /** Writes one message about the event to the person it concerns, or opens a task when no channel works. */
  async announce(event: CloudEvent): Promise<void> {
    const name = nameOf(event.type) ?? '';
    const silence = silenceOf(name, event.subject, event.data);
    if (silence) return this.silence(silence);
    const merge = mergeOf(name, event.subject, event.data);
    if (merge) return this.merge(merge, Number(event.sequence));
    const announcement = announcementOf(name, event.subject, event.data);
    if (!announcement) return;
    await this.work.run(async (work) => {
      const key = await this.recipients.keyOf(work, announcement.personId);
      if (!key) return;
      if (await this.isSettled(work, event.id, announcement)) return;
      const recipient = await this.recipients.find(work, announcement.personId);
      if (recipient && !recipient.email) return this.askStaff(work, event.id, announcement);
      await this.queue(work, event.id, announcement, recipient, key);
    });
  }

  /** What has been waiting for the person's address is written now, in the language that has become known. */
  async addressWaiting(work: Work, someId: string): Promise<void> {
    const waiting = await work.query<{ id: string; personId: string; template: Template; facts: LetterFacts }>(
      `select id, person_id as "personId", template, facts from message
       where person_id in (${recordsOf}) and state = 'QUEUED' and content is null order by id for update`,
      [someId],
    );
    for (const { id, personId, template, facts } of waiting) {
      const recipient = await this.recipients.find(work, personId);
      const key = await this.recipients.existingKeyOf(work, personId);
      if (!recipient || !key) continue;
      if (!recipient.email) await this.giveUp(work, id, 'NO_ADDRESS');
      else {
        const content = await this.seal(work, key, id, template, recipient, facts);
        await work.query('update message set content = $2, next_attempt_at = $3 where id = $1', [
          id,
          content,
          this.clock.now(),
        ]);
      }
    }
  }

  handOver(id: string): Promise<void> {
    return this.work.run(async ({ load, save }) => {
      const message = await load(Message, id);
      // Its lease had run out and somebody else has recorded it.
      if (!message.isQueued) return;
      message.handOver(this.clock.now());
      await save(message, message.sent());
    });
  }

  abandon(id: string, reason: FailureReason): Promise<void> {
    return this.work.run((work) => this.giveUp(work, id, reason));
  }

  private async giveUp(work: Work, id: string, reason: FailureReason): Promise<void> {
    const message = await work.load(Message, id);
    if (!message.isQueued) return;
    message.giveUp(reason, this.clock.now());
    await work.save(message, message.failed());
    if (reason !== 'RECIPIENT_DIED') await this.askStaff(work, message.causeId, message);
  }

  private async queue(
    work: Work,
    causeId: string,
    announcement: Announcement,
    recipient: Recipient | undefined,
    key: Buffer,
  ): Promise<void> {
    const id = uuidv7();
    const now = this.clock.now();
    const content = recipient
      ? await this.seal(work, key, id, announcement.template, recipient, announcement.facts)
      : null;
    const dueAt = recipient ? now : new Date(now.getTime() + this.grace);
    const message = Message.queue(
      id,
      {
        ...announcement,
        causeId,
        addresseeId: null,
        rule: announcement.template,
        audience: 'PERSON',
        standing: 'INFORMATIVE',
        matterId: announcement.matterId,
        channels: ['EMAIL'],
      },
      content,
      now,
      dueAt,
    );
    await work.save(message, message.queued());
  }

  private async askStaff(
    work: Work,
    causeId: string,
    about: Pick<Announcement, 'personId' | 'template'>,
  ): Promise<void> {
    const task = Task.reachPerson(uuidv7(), causeId, about, this.clock.now());
    await work.save(task, task.opened());
  }

  /** What has been queued is given up. */
  private async silence({ personId, isLifted, isOfRecord }: Silence): Promise<void> {
    await this.work.run(async (work) => {
      if (!(await this.recipients.keyOf(work, personId))) return;
      const [changed] = await work.query<{ isLifted: boolean }>(
        `insert into silenced_person (person_id, since, is_lifted) values ($1, $2, $3)
         on conflict (person_id) do update set since = excluded.since, is_lifted = excluded.is_lifted where $4
         returning is_lifted as "isLifted"`,
        [personId, this.clock.now(), isLifted, isOfRecord],
      );
      if (changed && !changed.isLifted) await this.giveUpAll(work, personId);
    });
  }

  private async giveUpAll(work: Work, personId: string): Promise<void> {
    const queued = await work.query<{ id: string }>(
      `select id from message where person_id in (${recordsOf}) and state = 'QUEUED' order by id`,
      [personId],
    );
    for (const { id } of queued) await this.giveUp(work, id, 'RECIPIENT_DIED');
  }

  /** From now on letters about the duplicate go where the survivor's go, and what waits for an address may have one. */
  private async merge({ duplicateId, survivorId }: Merge, sequence: number): Promise<void> {
    await this.work.run(async (work) => {
      if (!(await this.recipients.keyOf(work, duplicateId))) return;
      const [changed] = await work.query(
        `insert into merged_record (person_id, survivor_id, sequence) values ($1, $2, $3)
         on conflict (person_id) do update set survivor_id = excluded.survivor_id, sequence = excluded.sequence
         where merged_record.sequence < excluded.sequence returning person_id`,
        [duplicateId, survivorId, sequence],
      );
      if (!changed || survivorId === null) return;
      await this.recipients.keyOf(work, survivorId);
      if (await this.isSilent(work, duplicateId)) await this.giveUpAll(work, duplicateId);
      else await this.addressWaiting(work, duplicateId);
    });
  }

  private async isSilent(work: Work, personId: string): Promise<boolean> {
    const found = await work.query(`select from silenced_person where person_id in (${recordsOf}) and not is_lifted`, [
      personId,
    ]);
    return found.length > 0;
  }

  /** One message or task per cause, person and text, whatever is replayed; and none to the dead. */
  private async isSettled(work: Work, causeId: string, { personId, template }: Announcement): Promise<boolean> {
    if (await this.isSilent(work, personId)) return true;
    const found = await work.query(
      `select 1 from message where cause_id = $1 and person_id = $2 and template = $3
       union all select 1 from task where cause_id = $1 and person_id = $2 and template = $3`,
      [causeId, personId, template],
    );
    return found.length > 0;
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
