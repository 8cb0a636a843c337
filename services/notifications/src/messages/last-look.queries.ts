import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock } from '@okienko/messaging/clock';
import { inTransaction } from '@okienko/messaging/transaction';
import type { StoredKey } from '@okienko/privacy/person-keys';
import { decryptField } from '@okienko/privacy/sealed-column';
import type { Sql } from '@okienko/privacy/sql';
import { DataSource } from 'typeorm';
import { ConsentQueries } from '../consents/consents.queries';
import { UnsubscribeLinks, type WayOut } from '../consents/unsubscribe-link.issuer';
import type { Recipient } from '../recipients/recipient';
import { RecipientQueries, recordsOf } from '../recipients/recipients.queries';
import { afterQuiet } from '../rules/quiet-hours';
import { RuleQueries } from '../rules/rules.queries';
import type { Letter } from './letter-writer';
import { letterPlace } from './letter-place';
import type { Due, Unsent } from './sending.commands';

/** Ready to go: to whom, what, and its SHA-256. */
export interface Ready {
  readonly kind: 'READY';
  readonly recipient: Recipient;
  readonly letter: Letter;
  readonly hash: Buffer;
  readonly wayOut?: WayOut | undefined;
}

/** What was seen, or why it could not be. */
export type Look = PromiseSettledResult<Ready | Unsent>;

/** What has changed since the message was queued: a death, a secret address, a guardian, the contact details, a consent; and the hour. */
@Injectable()
export class LastLook {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly recipients: RecipientQueries,
    private readonly rules: RuleQueries,
    private readonly consents: ConsentQueries,
    private readonly links: UnsubscribeLinks,
  ) {}

  /** At all of them on one connection, where what they ask goes together. */
  atAll(due: readonly Due[]): Promise<Look[]> {
    return inTransaction(this.dataSource, (sql) => Promise.allSettled(due.map((one) => this.at(sql, one))));
  }

  private async at(sql: Sql, due: Due): Promise<Ready | Unsent> {
    const { id, personId, addresseeId, content, standing } = due;
    const [[now], recipient, isWanted] = await Promise.all([
      sql.query<StoredKey & { isSilent: boolean }>(
        `select exists (select from silenced_person where person_id in (${recordsOf}) and not is_lifted) as "isSilent",
           k.wrapped, k.master_version from (values ($2::uuid)) person (id) left join person_key k on k.person_id = person.id`,
        [addresseeId ?? personId, personId],
      ),
      this.recipientOf(sql, due),
      standing !== 'EXTRA' || this.consents.mayReceiveExtras(sql, personId, due.rule ?? ''),
    ]);
    if (now?.isSilent) return { kind: 'STOPPED', reason: 'RECIPIENT_DIED' };
    if (!isWanted) return { kind: 'STOPPED', reason: 'CONSENT_ENDED' };
    const key = content && this.recipients.opened(personId, now);
    if (!recipient || recipient.isSuppressed || !content || !key) return { kind: 'STOPPED', reason: 'NO_ADDRESS' };
    const until = await this.quietUntil(sql, due, recipient);
    if (until) return { kind: 'QUIET', until };
    const written = decryptField(key, content, letterPlace(id));
    const letter = JSON.parse(written) as Letter;
    const hash = createHash('sha256').update(written).digest();
    const wayOut = standing === 'EXTRA' ? await this.links.of(id, letter.language) : undefined;
    return { kind: 'READY', recipient, letter, hash, wayOut };
  }

  private async recipientOf(sql: Sql, { audience, addresseeId, personId }: Due): Promise<Recipient | undefined> {
    if (audience !== 'PERSON' && addresseeId) return this.recipients.find(sql, addresseeId);
    return (await this.recipients.addresseeOf(sql, personId))?.recipient;
  }

  /** A message that comes to this way late, because the one before it failed, keeps the hours of this one too. */
  private async quietUntil(
    sql: Sql,
    { rule, edition, queuedAt, channel }: Due,
    recipient: Recipient,
  ): Promise<Date | undefined> {
    if (rule === null || edition === null) return undefined;
    const content = (await this.rules.bookFor(queuedAt, sql)).edition(rule, edition);
    const now = this.clock.now();
    const until = content && afterQuiet(content, channel, recipient, now);
    return until && until > now ? until : undefined;
  }
}
