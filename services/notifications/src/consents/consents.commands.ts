import { Injectable } from '@nestjs/common';
import type { Principal } from '@okienko/chassis/access';
import type { Changed } from '@okienko/chassis/http';
import { NotFound } from '@okienko/contracts/domain-error';
import { Clock } from '@okienko/messaging/clock';
import { currentContext, traceIdOf } from '@okienko/messaging/context';
import { UnitOfWork, type Work } from '@okienko/messaging/unit-of-work';
import { recordAccess } from '@okienko/privacy/access-log';
import { v7 as uuidv7 } from 'uuid';
import { Message } from '../messages/message';
import { RecipientQueries, recordsOf } from '../recipients/recipients.queries';
import { Consent, ConsentInForce } from './consent';
import { assertKnown } from './consents.queries';

/** Whoever holds the link of a message. */
const byLink = { sub: 'unsubscribe-link', roles: ['person'] };

@Injectable()
export class ConsentCommands {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
    private readonly recipients: RecipientQueries,
  ) {}

  give(personId: string, terms: Pick<Consent, 'topic' | 'channel'>, by: Principal): Promise<Changed> {
    return this.work.run(async (work) => {
      await assertKnown(work, personId);
      // Who ends a consent and who gives one take turns; nobody consents who has been erased.
      if (!(await this.recipients.keyOf(work, personId))) throw new NotFound('person');
      if ((await inForce(work, personId, terms.topic)).length > 0) throw new ConsentInForce();
      const consent = Consent.give(uuidv7(), personId, terms, by.sub, this.clock.now());
      await work.save(consent, consent.given());
      await this.record(work, personId, by);
      return { id: consent.id, version: consent.version };
    });
  }

  end(id: string, expectedVersion: number, by: Principal): Promise<Changed> {
    return this.work.run(async (work) => {
      const [found] = await work.query<{ personId: string }>(
        'select person_id as "personId" from consent where id = $1',
        [id],
      );
      if (found) await this.recipients.keyOf(work, found.personId);
      const consent = await work.load(Consent, id, expectedVersion);
      consent.end(by.sub, this.clock.now());
      await work.save(consent, consent.ended());
      await this.endAll(work, consent.personId, consent.topic, by.sub);
      await this.record(work, consent.personId, by);
      return { id, version: consent.version };
    });
  }

  /** Whoever holds a message ends what it was sent by. False where there is nothing that the link could be about. */
  endByLink(messageId: string): Promise<boolean> {
    return this.work.run(async (work) => {
      const [message] = await work.query<{ personId: string; topic: string }>(
        `select person_id as "personId", coalesce(rule, template) as topic from message where id = $1 and standing = 'EXTRA'`,
        [messageId],
      );
      if (!message) return false;
      await this.recipients.keyOf(work, message.personId);
      if (await this.endAll(work, message.personId, message.topic, null))
        await this.record(work, message.personId, byLink);
      return true;
    });
  }

  /** Whoever wants no more of it means all records that the centre has of them, and what is still waiting to be sent. */
  private async endAll(work: Work, personId: string, topic: string, by: string | null): Promise<boolean> {
    const now = this.clock.now();
    const consents = await inForce(work, personId, topic);
    for (const { id } of consents) {
      const consent = await work.load(Consent, id);
      consent.end(by, now);
      await work.save(consent, consent.ended());
    }
    const queued = await work.query<{ id: string }>(
      `select id from message where person_id in (${recordsOf}) and standing = 'EXTRA' and coalesce(rule, template) = $2
         and state = 'QUEUED' order by id`,
      [personId, topic],
    );
    for (const { id } of queued) {
      const message = await work.load(Message, id);
      if (!message.isQueued) continue;
      message.giveUp('CONSENT_ENDED', now);
      await work.save(message, message.failed());
    }
    return consents.length > 0;
  }

  private record(
    work: Work,
    personId: string,
    { sub, roles }: { sub: string; roles: readonly string[] },
  ): Promise<void> {
    return recordAccess(work, {
      at: this.clock.now(),
      actor: sub,
      role: roles.join(','),
      act: 'WRITE',
      personId,
      fieldGroups: ['consents'],
      purpose: 'NOTIFICATION',
      traceId: traceIdOf(currentContext().traceparent),
    });
  }
}

const inForce = (work: Work, personId: string, topic: string): Promise<{ id: string }[]> =>
  work.query(
    `select id from consent where person_id in (${recordsOf}) and topic = $2 and ended_at is null order by id`,
    [personId, topic],
  );
