import { Injectable } from '@nestjs/common';
import { NoPersonKey, PersonErased, PersonKeys } from '@okienko/privacy/person-keys';
import { decryptField } from '@okienko/privacy/sealed-column';
import type { Sql } from '@okienko/privacy/sql';
import type { Recipient } from './recipient';

interface Row {
  readonly name: Buffer;
  readonly email: Buffer | null;
  readonly phone: Buffer | null;
  readonly language: string;
  readonly form: string;
}

@Injectable()
export class RecipientQueries {
  constructor(private readonly keys: PersonKeys) {}

  /**
   * The person's data key, made on first need; none once the person has been erased. Holds a lock on the person until the
   * transaction ends: contact details and the events to write about arrive on different streams, in either order or at once.
   */
  async keyOf(sql: Sql, personId: string): Promise<Buffer | undefined> {
    await sql.query(`select pg_advisory_xact_lock(hashtextextended('person ' || current_schema() || ' ' || $1, 0))`, [
      personId,
    ]);
    return this.existingKeyOf(sql, personId).catch((error: unknown) => {
      if (error instanceof NoPersonKey) return this.keys.create(sql, personId);
      throw error;
    });
  }

  async find(sql: Sql, personId: string): Promise<Recipient | undefined> {
    const [row] = await sql.query<Row>(
      'select name, email, phone, language, form from recipient where person_id = $1',
      [personId],
    );
    const key = row && (await this.existingKeyOf(sql, personId));
    if (!row || !key) return undefined;
    const read = (column: 'name' | 'email' | 'phone', sealed: Buffer): string =>
      decryptField(key, sealed, { table: 'recipient', column, rowId: personId });
    return {
      personId,
      name: read('name', row.name),
      ...(row.email && { email: read('email', row.email) }),
      ...(row.phone && { phone: read('phone', row.phone) }),
      language: row.language,
      form: row.form,
    };
  }

  async existingKeyOf(sql: Sql, personId: string): Promise<Buffer | undefined> {
    return this.keys.keyOf(sql, personId).catch((error: unknown) => {
      if (error instanceof PersonErased) return undefined;
      throw error;
    });
  }
}
