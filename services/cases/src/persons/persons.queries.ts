import { Injectable } from '@nestjs/common';
import { NotFound } from '@okienko/contracts/domain-error';
import { inTransaction } from '@okienko/messaging/transaction';
import { DataSource } from 'typeorm';
import { given, where } from '../access/conditions';
import { type Access, PersonalData } from '../access/personal-data';
import { SealedRow } from '../access/sealed-row';
import { visibleTo } from '../access/visibility';
import { identifierOf } from './identifier';
import type { PersonFound, PersonsFound, PersonView } from './persons.dto';
import { Seals } from './seals';

/** Reads in a transaction of their own: the row of the access log belongs to the read, also when the request is repeated. */
@Injectable()
export class PersonQueries {
  constructor(
    private readonly dataSource: DataSource,
    private readonly personalData: PersonalData,
    private readonly seals: Seals,
  ) {}

  get(id: string, access: Access): Promise<PersonView> {
    return inTransaction(this.dataSource, async (transaction) => {
      const { sql, values } = where(...given('p.id = ?', id), ...visibleTo(access.caller));
      const [found] = await transaction.query<Row>(`${selectPerson} ${sql}`, values);
      if (!found) throw new NotFound('person');
      const view = viewOf(found, await this.personalData.keyOf(transaction, id));
      const fieldGroups = found.contact ? ['IDENTITY', 'CONTACT'] : ['IDENTITY'];
      await this.personalData.record(transaction, 'READ', access, { personId: id, fieldGroups });
      return view;
    });
  }

  byPesel(pesel: string, access: Access): Promise<PersonsFound> {
    const index = this.seals.indexOf(identifierOf({ kind: 'PESEL', value: pesel }));
    return inTransaction(this.dataSource, async (transaction) => {
      const { sql, values } = where(...given('identifier_index = ?', index), ...visibleTo(access.caller));
      const items = await transaction.query<PersonFound>(`select id, version from person ${sql}`, values);
      for (const { id } of items) {
        await this.personalData.record(transaction, 'SEARCH', access, { personId: id, fieldGroups: ['IDENTITY'] });
      }
      return { items };
    });
  }
}

interface Row {
  readonly id: string;
  readonly version: number;
  readonly unit: string;
  readonly terc: string;
  readonly identifier: Buffer | null;
  readonly givenName: Buffer;
  readonly familyName: Buffer;
  readonly birthDate: Buffer | null;
  readonly registeredAt: Date;
  readonly contact: Buffer | null;
  readonly contactVersion: number | null;
}

const selectPerson = `
  select p.id, p.version, p.unit, p.terc, p.identifier, p.given_name as "givenName", p.family_name as "familyName",
         p.birth_date as "birthDate", p.registered_at as "registeredAt", c.contact, c.version as "contactVersion"
  from person p left join person_contact c using (id)`;

function viewOf(found: Row, key: Buffer): PersonView {
  const row = new SealedRow(key, 'person', found.id);
  const contact = new SealedRow(key, 'person_contact', found.id);
  return {
    id: found.id,
    version: found.version,
    unit: found.unit,
    terc: found.terc,
    identifier: found.identifier && row.openJson('identifier', found.identifier),
    givenName: row.open('given_name', found.givenName),
    familyName: row.open('family_name', found.familyName),
    birthDate: row.openIfGiven('birth_date', found.birthDate),
    contact: found.contact && contact.openJson('contact', found.contact),
    contactVersion: found.contactVersion ?? 0,
    registeredAt: found.registeredAt.toISOString(),
  };
}
