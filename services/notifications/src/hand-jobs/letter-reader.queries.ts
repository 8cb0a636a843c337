import { Injectable } from '@nestjs/common';
import type { Principal } from '@okienko/chassis/access';
import { Clock } from '@okienko/messaging/clock';
import { currentContext, traceIdOf } from '@okienko/messaging/context';
import { type AccessEntry, recordAccess, recordAccesses } from '@okienko/privacy/access-log';
import { decryptField } from '@okienko/privacy/sealed-column';
import type { Sql } from '@okienko/privacy/sql';
import type { Letter } from '../messages/letter-writer';
import type { Audience } from '../messages/message';
import { letterPlace } from '../messages/letter-place';
import type { Recipient } from '../recipients/recipient';
import { RecipientQueries } from '../recipients/recipients.queries';

/** What a message says and to whom it goes, as far as they can still be read. */
export interface ReadLetter {
  readonly messageId: string;
  readonly personId: string;
  readonly addresseeId: string;
  readonly queuedAt: Date;
  /** The letter byte for byte as it was written: its hash is that of the proof. */
  readonly written: string | null;
  readonly letter: Letter | null;
  readonly recipient: Recipient | null;
}

interface Directed {
  readonly personId: string;
  readonly audience: Audience;
  /** Of whoever is written to in place of the person. */
  readonly otherId: string | null;
}

interface Row extends Directed, Pick<ReadLetter, 'messageId' | 'queuedAt'> {
  readonly content: Buffer | null;
}

/** The way to what messages say: whoever reads leaves a trace in the same transaction. */
@Injectable()
export class LetterReader {
  constructor(
    private readonly recipients: RecipientQueries,
    private readonly clock: Clock,
  ) {}

  /** In the order of the ids given. Call it last: the access log stays locked until the commit. */
  async read(sql: Sql, messageIds: readonly string[], reader: Principal, purpose: string): Promise<ReadLetter[]> {
    const rows = await sql.query<Row>(
      `select m.id as "messageId", ${directed}, m.queued_at as "queuedAt", m.content
       from unnest($1::uuid[]) with ordinality as wanted(id, at) join message m using (id) order by wanted.at`,
      [messageIds],
    );
    const letters: ReadLetter[] = [];
    for (const { content, messageId, queuedAt, ...to } of rows) {
      const { personId } = to;
      const key = content && (await this.recipients.existingKeyOf(sql, personId));
      const written = content && key ? decryptField(key, content, letterPlace(messageId)) : null;
      const letter = written === null ? null : (JSON.parse(written) as Letter);
      const { recipient = null, addresseeId } = await this.addresseeOf(sql, to);
      letters.push({ messageId, personId, addresseeId: addresseeId ?? personId, queuedAt, written, letter, recipient });
    }
    await recordAccesses(
      sql,
      letters.flatMap((letter) => this.entries(letter, reader, purpose)),
    );
    return letters;
  }

  /** Where it goes now; what is known of the recipient may have changed since it was written. */
  async recipientOf(sql: Sql, messageId: string): Promise<Recipient | undefined> {
    const [to] = await sql.query<Directed>(whereTo, [messageId]);
    return to && (await this.addresseeOf(sql, to)).recipient;
  }

  /** The same for somebody to see. */
  async showRecipient(sql: Sql, messageId: string, reader: Principal, purpose: string): Promise<Recipient | undefined> {
    const [to] = await sql.query<Directed>(whereTo, [messageId]);
    if (!to) return undefined;
    const { recipient, addresseeId } = await this.addresseeOf(sql, to);
    const personId = addresseeId ?? to.personId;
    await recordAccess(sql, { ...this.trace(reader, purpose), personId, fieldGroups: ['contact'] });
    return recipient;
  }

  /** The person is written to through the guardian of today; anybody else as the message says. */
  private async addresseeOf(
    sql: Sql,
    { personId, audience, otherId }: Directed,
  ): Promise<{ readonly recipient?: Recipient; readonly addresseeId: string | null }> {
    if (audience === 'PERSON') return (await this.recipients.addresseeOf(sql, personId)) ?? { addresseeId: otherId };
    const recipient = await this.recipients.find(sql, otherId ?? personId);
    return { addresseeId: otherId, ...(recipient && { recipient }) };
  }

  private entries({ personId, addresseeId }: ReadLetter, reader: Principal, purpose: string): AccessEntry[] {
    const entry = this.trace(reader, purpose);
    if (addresseeId === personId) return [{ ...entry, personId, fieldGroups: ['correspondence', 'contact'] }];
    return [
      { ...entry, personId, fieldGroups: ['correspondence'] },
      { ...entry, personId: addresseeId, fieldGroups: ['contact'] },
    ];
  }

  private trace({ sub, roles }: Principal, purpose: string): Omit<AccessEntry, 'personId' | 'fieldGroups'> {
    const traceId = traceIdOf(currentContext().traceparent);
    return { at: this.clock.now(), actor: sub, role: roles.join(','), act: 'READ', purpose, traceId };
  }
}

const directed = 'm.person_id as "personId", m.audience, m.addressee_id as "otherId"';
const whereTo = `select ${directed} from message m where m.id = $1`;
