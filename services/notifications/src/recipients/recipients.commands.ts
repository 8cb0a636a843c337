import { Injectable } from '@nestjs/common';
import type { PersonContactChangedV1 } from '@okienko/contracts/cases/person-contact-changed.v1';
import type { CloudEvent } from '@okienko/contracts/event';
import { Clock } from '@okienko/messaging/clock';
import { UnitOfWork } from '@okienko/messaging/unit-of-work';
import { recordAccess } from '@okienko/privacy/access-log';
import { encryptField } from '@okienko/privacy/sealed-column';
import { open, type SealingKeyPair } from '@okienko/privacy/sealed-payload';
import { NotificationsConfig } from '../config';
import { MessageCommands } from '../messages/messages.commands';
import { readRecipient } from './recipient';
import { RecipientQueries } from './recipients.queries';

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
    const recipient = readRecipient(await open(this.sealingKey, event.data.recipient));
    const { personId, name, email, phone, language, form } = recipient;
    await this.work.run(async (work) => {
      const key = await this.recipients.keyOf(work, personId);
      if (!key) return;
      const seal = (column: string, text: string | undefined): Buffer | null =>
        text === undefined ? null : encryptField(key, text, { table: 'recipient', column, rowId: personId });
      const [kept] = await work.query(
        `insert into recipient (person_id, sequence, name, email, phone, language, form, changed_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8)
         on conflict (person_id) do update set sequence = excluded.sequence, name = excluded.name, email = excluded.email,
           phone = excluded.phone, language = excluded.language, form = excluded.form, changed_at = excluded.changed_at
         where recipient.sequence < excluded.sequence
         returning person_id`,
        [
          personId,
          Number(event.sequence),
          seal('name', name),
          seal('email', email),
          seal('phone', phone),
          language,
          form,
          event.time,
        ],
      );
      if (!kept) return;
      await this.messages.addressWaiting(work, personId);
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
}
