import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { decryptField } from '@okienko/privacy/sealed-column';
import { DataSource } from 'typeorm';
import type { Recipient } from '../recipients/recipient';
import { RecipientQueries, recordsOf } from '../recipients/recipients.queries';
import type { Letter } from './letter-writer';
import { letterPlace } from './messages.commands';
import type { Due, Result } from './sending.commands';

/** Ready to go: to whom, what, and its SHA-256. */
export interface Ready {
  readonly kind: 'READY';
  readonly recipient: Recipient;
  readonly letter: Letter;
  readonly hash: Buffer;
}

/** What has changed since the message was queued: a death, a secret address, a guardian, the contact details. */
@Injectable()
export class LastLook {
  constructor(
    private readonly dataSource: DataSource,
    private readonly recipients: RecipientQueries,
  ) {}

  async at({
    id,
    audience,
    personId,
    addresseeId,
    content,
  }: Due): Promise<Ready | Extract<Result, { kind: 'STOPPED' }>> {
    const [silent, recipient, key] = await Promise.all([
      this.dataSource.query<object[]>(
        `select from silenced_person where person_id in (${recordsOf}) and not is_lifted`,
        [addresseeId ?? personId],
      ),
      this.recipientOf(audience === 'PERSON' ? null : addresseeId, personId),
      content ? this.recipients.existingKeyOf(this.dataSource, personId) : undefined,
    ]);
    if (silent.length > 0) return { kind: 'STOPPED', reason: 'RECIPIENT_DIED' };
    if (!recipient || recipient.isSuppressed || !content || !key) return { kind: 'STOPPED', reason: 'NO_ADDRESS' };
    const written = decryptField(key, content, letterPlace(id));
    const hash = createHash('sha256').update(written).digest();
    return { kind: 'READY', recipient, letter: JSON.parse(written) as Letter, hash };
  }

  private async recipientOf(addresseeId: string | null, personId: string): Promise<Recipient | undefined> {
    if (addresseeId) return this.recipients.find(this.dataSource, addresseeId);
    return (await this.recipients.addresseeOf(this.dataSource, personId))?.recipient;
  }
}
