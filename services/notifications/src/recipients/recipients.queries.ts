import { Injectable } from '@nestjs/common';
import type { Principal } from '@okienko/chassis/access';
import { NotFound } from '@okienko/contracts/domain-error';
import { Clock } from '@okienko/messaging/clock';
import { currentContext, traceIdOf } from '@okienko/messaging/context';
import { inTransaction } from '@okienko/messaging/transaction';
import { recordAccess } from '@okienko/privacy/access-log';
import { PersonErased, PersonKeys, type StoredKey } from '@okienko/privacy/person-keys';
import { decryptField } from '@okienko/privacy/sealed-column';
import type { Sql } from '@okienko/privacy/sql';
import { DataSource } from 'typeorm';
import { type Recipient, type RecipientDetails, waysTo } from './recipient';
import type { RecipientView } from './recipients.dto';

/** Ids of all records of the person whose id, any of them, is `$1`. */
export const recordsOf = `with going as (select coalesce((select survivor_id from merged_record where person_id = $1), $1::uuid) as id)
  select id from going union select m.person_id from merged_record m join going on m.survivor_id = going.id`;

interface Row extends StoredKey {
  readonly personId: string;
  readonly name: Buffer;
  readonly email: Buffer | null;
  readonly phone: Buffer | null;
  readonly language: string;
  readonly form: string;
  readonly details: Buffer | null;
  /** Of the record that was asked for, the one that goes on. */
  readonly survivorId: string | null;
}

/** Who is written to about a person. */
export interface AddresseeOfPerson {
  readonly recipient: Recipient;
  /** The guardian's record, where there is one. */
  readonly addresseeId: string | null;
}

@Injectable()
export class RecipientQueries {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly keys: PersonKeys,
  ) {}

  /** How the person is reached; whoever reads it leaves a trace in the same transaction. */
  get(personId: string, reader: Principal): Promise<RecipientView> {
    return inTransaction(this.dataSource, async (transaction) => {
      const person = await this.find(transaction, personId);
      if (!person) throw new NotFound('recipient');
      const addressee = await this.addresseeOf(transaction, personId);
      await recordAccess(transaction, {
        at: this.clock.now(),
        actor: reader.sub,
        role: reader.roles.join(','),
        act: 'READ',
        personId,
        fieldGroups: ['contact'],
        purpose: 'RECIPIENT_REVIEW',
        traceId: traceIdOf(currentContext().traceparent),
      });
      const { language, form, channels = null, quiet = null, guardianId = null } = person;
      return {
        personId,
        language,
        form,
        ways: addressee ? waysTo(addressee.recipient) : [],
        wishes: channels && [...channels],
        quiet,
        isAddressConfidential: person.isAddressConfidential ?? false,
        isSuppressed: person.isSuppressed ?? false,
        guardianId,
      };
    });
  }

  /**
   * The person's data key, made on first need; none once the person has been erased. Holds a lock on the person until the
   * transaction ends: contact details and the events to write about arrive on different streams, in either order or at once.
   * All records of one person share the lock of the one that goes on.
   */
  async keyOf(sql: Sql, personId: string): Promise<Buffer | undefined> {
    // Two statements, so that the second sees what whoever held the lock has done; one round trip.
    const [, [known]] = await Promise.all([
      lock(sql, personId),
      sql.query<StoredKey & { survivorId: string | null }>(
        `select k.wrapped, k.master_version, m.survivor_id as "survivorId" from (values ($1::uuid)) person (id)
         left join person_key k on k.person_id = person.id left join merged_record m on m.person_id = person.id`,
        [personId],
      ),
    ]);
    if (known?.survivorId) await lock(sql, known.survivorId);
    return known && known.master_version !== null ? this.opened(personId, known) : this.keys.create(sql, personId);
  }

  /**
   * Of a record that was merged, the contact details of the one that goes on; its own while that one has none. What keeps a person safe
   * is kept whichever of their records says it.
   */
  async find(sql: Sql, recordId: string): Promise<Recipient | undefined> {
    const rows = await sql.query<Row>(
      `select r.person_id as "personId", r.name, r.email, r.phone, r.language, r.form, r.details, m.survivor_id as "survivorId",
         k.wrapped, k.master_version
       from recipient r left join merged_record m on m.person_id = $1 left join person_key k on k.person_id = r.person_id
       where r.person_id in (${recordsOf}) order by r.person_id = m.survivor_id desc nulls last, r.person_id = $1 desc`,
      [recordId],
    );
    const known: Recipient[] = [];
    for (const row of rows) {
      const key = this.opened(row.personId, row);
      if (key) known.push(opened(row, key));
    }
    const isSaid = (flag: 'isSuppressed' | 'isAddressConfidential') =>
      known.some((one) => one[flag]) ? { [flag]: true } : {};
    const found = known.find(({ personId }) => personId === rows[0]?.survivorId || personId === recordId);
    return found && { ...found, ...isSaid('isSuppressed'), ...isSaid('isAddressConfidential') };
  }

  /**
   * The guardian instead of the person, where there is one; nobody while the contact details of the guardian are not known.
   * What must not be sent to the person must not be sent to the guardian either.
   */
  async addresseeOf(sql: Sql, personId: string): Promise<AddresseeOfPerson | undefined> {
    const person = await this.find(sql, personId);
    if (!person?.guardianId) return person && { recipient: person, addresseeId: null };
    const guardian = await this.find(sql, person.guardianId);
    const isSuppressed = (person.isSuppressed ?? false) || (guardian?.isSuppressed ?? false);
    return guardian && { recipient: { ...guardian, isSuppressed }, addresseeId: person.guardianId };
  }

  async existingKeyOf(sql: Sql, personId: string): Promise<Buffer | undefined> {
    return this.keys.keyOf(sql, personId).catch(noneIfErased);
  }

  /** Of a row that was read together with something else of the person. */
  opened(personId: string, row: StoredKey | undefined): Buffer | undefined {
    try {
      return this.keys.opened(personId, row);
    } catch (error) {
      return noneIfErased(error);
    }
  }
}

function noneIfErased(error: unknown): undefined {
  if (!(error instanceof PersonErased)) throw error;
}

function opened({ personId, ...row }: Row, key: Buffer): Recipient {
  const read = (column: 'name' | 'email' | 'phone' | 'details', sealed: Buffer): string =>
    decryptField(key, sealed, { table: 'recipient', column, rowId: personId });
  return {
    personId,
    name: read('name', row.name),
    ...(row.email && { email: read('email', row.email) }),
    ...(row.phone && { phone: read('phone', row.phone) }),
    language: row.language,
    form: row.form,
    ...(row.details && (JSON.parse(read('details', row.details)) as RecipientDetails)),
  };
}

async function lock(sql: Sql, personId: string): Promise<void> {
  await sql.query(`select pg_advisory_xact_lock(hashtextextended('person ' || current_schema() || ' ' || $1, 0))`, [
    personId,
  ]);
}
