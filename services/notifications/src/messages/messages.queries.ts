import { Injectable } from '@nestjs/common';
import type { Principal } from '@okienko/chassis/access';
import { cursorId, defaultLimit, type Page, pageOf } from '@okienko/chassis/page';
import { NotFound } from '@okienko/contracts/domain-error';
import { Clock } from '@okienko/messaging/clock';
import { currentContext, traceIdOf } from '@okienko/messaging/context';
import { inTransaction } from '@okienko/messaging/transaction';
import { recordAccess } from '@okienko/privacy/access-log';
import { decryptField } from '@okienko/privacy/sealed-column';
import { DataSource } from 'typeorm';
import { RecipientQueries } from '../recipients/recipients.queries';
import { letterPlace } from './letter-place';
import type {
  AttemptView,
  EvidenceView,
  LetterView,
  ListMessages,
  MessageView,
  MessageWithLetter,
} from './messages.dto';

const columns = `id, version, cause_id as "causeId", person_id as "personId", template, audience, standing, channel, channels, state,
  reason_code as "reasonCode", queued_at as "queuedAt", settled_at as "settledAt"`;

const attemptsOf = `select channel, attempt, at, outcome, code, provider_id as "providerId" from message_attempt
  where message_id = $1 order by at, attempt`;

const evidenceOf = `select channel, kind, on_day as "onDay", at, evidence_no as "evidenceNo", code, recorded_by as "recordedBy"
  from message_evidence where message_id = $1 order by at, kind`;

@Injectable()
export class MessageQueries {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly recipients: RecipientQueries,
  ) {}

  /** The newest first, without what they say. */
  async list({ personId, state, channel, limit = defaultLimit, after }: ListMessages): Promise<Page<MessageView>> {
    const rows = await this.dataSource.query<MessageView[]>(
      `select ${columns} from message
       where ($1::uuid is null or person_id = $1) and ($2::text is null or state = $2) and ($3::uuid is null or id < $3)
         and ($5::text is null or channel = $5)
       order by id desc limit $4`,
      [personId ?? null, state ?? null, cursorId(after) ?? null, limit + 1, channel ?? null],
    );
    return pageOf(rows, limit, ({ id }) => [id]);
  }

  /** With what it says; whoever reads it leaves a trace in the same transaction. */
  get(id: string, reader: Principal): Promise<MessageWithLetter> {
    return inTransaction(this.dataSource, async (transaction) => {
      const [[row], attempts, evidence] = await Promise.all([
        transaction.query<MessageView & Pick<MessageWithLetter, 'contentHash'> & { content: Buffer | null }>(
          `select ${columns}, encode(content_hash, 'hex') as "contentHash", content from message where id = $1`,
          [id],
        ),
        transaction.query<AttemptView>(attemptsOf, [id]),
        transaction.query<EvidenceView>(evidenceOf, [id]),
      ]);
      if (!row) throw new NotFound('message');
      const { content, ...message } = row;
      const key = content && (await this.recipients.existingKeyOf(transaction, message.personId));
      const letter = content && key ? (JSON.parse(decryptField(key, content, letterPlace(id))) as LetterView) : null;
      await recordAccess(transaction, {
        at: this.clock.now(),
        actor: reader.sub,
        role: reader.roles.join(','),
        act: 'READ',
        personId: message.personId,
        fieldGroups: ['correspondence'],
        purpose: 'MESSAGE_REVIEW',
        traceId: traceIdOf(currentContext().traceparent),
      });
      return { ...message, letter, attempts, evidence };
    });
  }
}
