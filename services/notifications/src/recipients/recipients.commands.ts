import { Injectable } from '@nestjs/common';
import { erasedRecipient, type PersonContactChangedV1 } from '@okienko/contracts/cases/person-contact-changed.v1';
import { DomainError } from '@okienko/contracts/domain-error';
import type { CloudEvent } from '@okienko/contracts/event';
import { Clock } from '@okienko/messaging/clock';
import { UnitOfWork, type Work } from '@okienko/messaging/unit-of-work';
import { recordAccess } from '@okienko/privacy/access-log';
import { CannotDecrypt } from '@okienko/privacy/cannot-decrypt';
import { encryptField } from '@okienko/privacy/sealed-column';
import { open, type SealingKeyPair } from '@okienko/privacy/sealed-payload';
import { NotificationsConfig } from '../config';
import { MessageCommands } from '../messages/messages.commands';
import { readRecipient } from './recipient';
import { RecipientQueries, recordsOf } from './recipients.queries';

/** Sealed to somebody else, or changed on its way: no later try opens it. */
class ContactUnreadable extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'contact-unreadable';
  constructor() {
    super(
      'The contact details cannot be opened. Check that `cases` seals them with the public half of the key of this service.',
    );
  }
}

@Injectable()
export class RecipientCommands {
  private readonly sealingKey: SealingKeyPair['privateJwk'];

  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
    private readonly recipients: RecipientQueries,
    private readonly messages: MessageCommands,
    config: NotificationsConfig,
  ) {
    this.sealingKey = JSON.parse(config.SEALING_PRIVATE_KEY) as SealingKeyPair['privateJwk'];
  }

  /** Keeps the newest contact details, and writes what has been waiting for them. */
  async learn(event: CloudEvent<PersonContactChangedV1>): Promise<void> {
    if (event.data.recipient === erasedRecipient) return;
    const recipient = readRecipient(await this.opened(event.data.recipient));
    const { personId, name, email, phone, language, form, ...details } = recipient;
    await this.work.run(async (work) => {
      const key = await this.recipients.keyOf(work, personId);
      if (!key) return;
      const seal = (column: string, text: string | undefined): Buffer | null =>
        text === undefined ? null : encryptField(key, text, { table: 'recipient', column, rowId: personId });
      const [kept] = await work.query(learned, [
        personId,
        Number(event.sequence),
        seal('name', name),
        seal('email', email),
        seal('phone', phone),
        language,
        form,
        event.time,
        seal('details', JSON.stringify(details)),
        details.guardianId ?? null,
      ]);
      if (!kept) return;
      await this.messages.addressWaiting(work, personId);
      await this.addressWards(work, personId);
      await recordAccess(work, {
        at: this.clock.now(),
        actor: event.source,
        role: 'service',
        act: 'WRITE',
        personId,
        fieldGroups: ['contact'],
        purpose: 'NOTIFICATION',
      });
    });
  }
  /** Those who are written to through this person have waited for the same address. */
  private async addressWards(work: Work, guardianId: string): Promise<void> {
    const wards = await work.query<{ personId: string }>(
      `select person_id as "personId" from recipient where guardian_id in (${recordsOf}) order by person_id`,
      [guardianId],
    );
    for (const { personId } of wards)
      if (await this.recipients.keyOf(work, personId)) await this.messages.addressWaiting(work, personId);
  }

  private async opened(sealed: string): Promise<unknown> {
    try {
      return await open(this.sealingKey, sealed);
    } catch (error) {
      throw error instanceof CannotDecrypt ? new ContactUnreadable() : error;
    }
  }
}

const learned = `
  insert into recipient (person_id, sequence, name, email, phone, language, form, changed_at, details, guardian_id)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
  on conflict (person_id) do update set sequence = excluded.sequence, name = excluded.name, email = excluded.email,
    phone = excluded.phone, language = excluded.language, form = excluded.form, changed_at = excluded.changed_at,
    details = excluded.details, guardian_id = excluded.guardian_id
  where recipient.sequence < excluded.sequence
  returning person_id`;
