import { Injectable } from '@nestjs/common';
import { NotFound } from '@okienko/contracts/domain-error';
import { dayOf } from '@okienko/contracts/calendar';
import { Clock } from '@okienko/messaging/clock';
import { inTransaction, type Transaction } from '@okienko/messaging/transaction';
import { DataSource } from 'typeorm';
import { given, where } from '../access/conditions';
import { type Access, PersonalData } from '../access/personal-data';
import { SealedRow } from '../access/sealed-row';
import { sightOf } from '../access/sight';
import { visibleTo } from '../access/visibility';
import { type GivenIdentifier, identifierOf } from './identifier';
import { birthDateOf, type Death, type Departure, type Restriction } from './person';
import { findMatches, identified, indexesOf } from './person-matches';
import type {
  PersonFound,
  PersonsFound,
  PersonView,
  PossibleDuplicates,
  RegisterPerson,
  SearchPersons,
} from './persons.dto';
import { Seals } from './seals';

/** Reads in a transaction of their own: the row of the access log belongs to the read, also when the request is repeated. */
@Injectable()
export class PersonQueries {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly personalData: PersonalData,
    private readonly seals: Seals,
  ) {}

  get(id: string, access: Access): Promise<PersonView> {
    return inTransaction(this.dataSource, async (transaction) => {
      const { sql, values } = where(...given('p.id = ?', id), ...visibleTo(access.caller, 'p.id = any(?::uuid[])'));
      const [found] = await transaction.query<Row>(`${selectPerson} ${sql}`, values);
      if (!found) throw new NotFound('person');
      const whole = viewOf(found, await this.personalData.keyOf(transaction, id));
      const view = sightOf(access.caller) ? withoutConfidential(whole) : whole;
      const fieldGroups = view.contact ? ['IDENTITY', 'CONTACT'] : ['IDENTITY'];
      await this.personalData.record(transaction, 'READ', access, { personId: id, fieldGroups });
      return view;
    });
  }

  byPesel(pesel: string, access: Access): Promise<PersonsFound> {
    const indexes = indexesOf(this.seals, identifierOf({ kind: 'PESEL', value: pesel }));
    return inTransaction(this.dataSource, async (transaction) => {
      const going = `id in (select coalesce(merged_into, id) from person where id in (${identified}))`;
      const { sql, values } = where(...given(going, indexes), ...visibleTo(access.caller, 'id = any(?::uuid[])'));
      const items = await transaction.query<PersonFound>(`select id, version from person ${sql}`, values);
      await this.searched(transaction, items, access);
      return { items };
    });
  }

  byName({ familyName = '', givenName, birthDate }: SearchPersons, access: Access): Promise<PersonsFound> {
    const named = { familyName, givenName: givenName ?? undefined, birthDate };
    return inTransaction(this.dataSource, async (transaction) => {
      const { seen } = await findMatches(transaction, this.seals, access.caller, named);
      await this.searched(transaction, seen, access);
      return { items: seen.map(({ id, version }) => ({ id, version })) };
    });
  }

  /** Who may be the same person as the one about to be registered. */
  duplicatesOf({ givenName, familyName, ...more }: RegisterPerson, access: Access): Promise<PossibleDuplicates> {
    const identifier = more.identifier ? identifierOf(more.identifier as GivenIdentifier) : undefined;
    const birthDate = birthDateOf(more.birthDate ?? undefined, identifier, dayOf(this.clock.now()));
    const named = { givenName, familyName, birthDate };
    return inTransaction(this.dataSource, async (transaction) => {
      const { seen, elsewhere } = await findMatches(transaction, this.seals, access.caller, named, identifier);
      await this.searched(transaction, seen, access);
      return { items: seen, elsewhere };
    });
  }

  private searched(transaction: Transaction, found: readonly { id: string }[], access: Access): Promise<void> {
    const touched = found.map(({ id }) => ({ act: 'SEARCH', personId: id, fieldGroups: ['IDENTITY'] }) as const);
    return this.personalData.recordAll(transaction, access, touched);
  }
}

/** Who may be in danger is seen under break-glass as somebody who has told no contact, so that even the danger is not told. */
const withoutConfidential = (view: PersonView): PersonView =>
  view.contact?.isAddressConfidential || view.contact?.suppression
    ? { ...view, contact: null, contactVersion: 0 }
    : view;

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
  readonly mergedInto: string | null;
  readonly mergedFrom: string[];
  readonly death: Death | null;
  readonly departure: Departure | null;
  readonly restriction: Restriction | null;
}

const selectPerson = `
  select p.id, p.version, p.unit, p.terc, p.identifier, p.given_name as "givenName", p.family_name as "familyName",
         p.birth_date as "birthDate", p.registered_at as "registeredAt", c.contact, c.version as "contactVersion",
         p.merged_into as "mergedInto", p.death, p.departure, p.restriction,
         array(select d.id from person d where d.merged_into = p.id order by d.id) as "mergedFrom"
  from person p left join person_contact c using (id)`;

function viewOf(found: Row, key: Buffer): PersonView {
  const row = new SealedRow(key, 'person', found.id);
  const contact = new SealedRow(key, 'person_contact', found.id);
  const { death, departure, restriction } = found;
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
    mergedInto: found.mergedInto,
    mergedFrom: found.mergedFrom,
    death: death && { diedOn: death.diedOn, source: death.source },
    departure: departure && { leftOn: departure.leftOn, fromTerc: departure.fromTerc, toTerc: departure.toTerc },
    restriction: restriction && { ground: restriction.ground, since: restriction.since },
  };
}
