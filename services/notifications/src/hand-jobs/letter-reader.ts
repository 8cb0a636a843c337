import { Injectable } from '@nestjs/common';
import type { Principal } from '@okienko/chassis/access';
import { Clock } from '@okienko/messaging/clock';
import { currentContext, traceIdOf } from '@okienko/messaging/context';
import { type AccessEntry, recordAccesses } from '@okienko/privacy/access-log';
import { decryptField } from '@okienko/privacy/sealed-column';
import type { Sql } from '@okienko/privacy/sql';
import type { Letter } from '../messages/letter-writer';
import { letterPlace } from '../messages/messages.commands';
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

interface Row extends Pick<ReadLetter, 'messageId' | 'personId' | 'addresseeId' | 'queuedAt'> {
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
      `select m.id as "messageId", m.person_id as "personId", coalesce(m.addressee_id, m.person_id) as "addresseeId",
         m.queued_at as "queuedAt", m.content
       from unnest($1::uuid[]) with ordinality as wanted(id, at) join message m using (id) order by wanted.at`,
      [messageIds],
    );
    const letters: ReadLetter[] = [];
    for (const { content, ...row } of rows) {
      const key = content && (await this.recipients.existingKeyOf(sql, row.personId));
      const written = content && key ? decryptField(key, content, letterPlace(row.messageId)) : null;
      const letter = written === null ? null : (JSON.parse(written) as Letter);
      const recipient = (await this.recipients.find(sql, row.addresseeId)) ?? null;
      letters.push({ ...row, written, letter, recipient });
    }
    await recordAccesses(
      sql,
      letters.flatMap((letter) => this.entries(letter, reader, purpose)),
    );
    return letters;
  }

  private entries({ personId, addresseeId }: ReadLetter, { sub, roles }: Principal, purpose: string): AccessEntry[] {
    const entry = {
      at: this.clock.now(),
      actor: sub,
      role: roles.join(','),
      act: 'READ' as const,
      purpose,
      traceId: traceIdOf(currentContext().traceparent),
    };
    const own = addresseeId === personId ? ['correspondence', 'contact'] : ['correspondence'];
    return [
      { ...entry, personId, fieldGroups: own },
      ...(addresseeId === personId ? [] : [{ ...entry, personId: addresseeId, fieldGroups: ['contact'] }]),
    ];
  }
}
