import { Injectable } from '@nestjs/common';
import type { Changed } from '@okienko/chassis/http';
import { dayOf } from '@okienko/contracts/calendar';
import { NotFound, StaleVersion } from '@okienko/contracts/domain-error';
import { Clock } from '@okienko/messaging/clock';
import { isUniqueViolation } from '@okienko/messaging/transaction';
import { UnitOfWork, type Work } from '@okienko/messaging/unit-of-work';
import { v7 as uuidv7 } from 'uuid';
import { loadVisible } from '../access/load-visible';
import { type Access, PersonalData } from '../access/personal-data';
import { SealedRow } from '../access/sealed-row';
import { unitOf } from '../access/visibility';
import { Seals } from './seals';
import { type GivenIdentifier, identifierOf } from './identifier';
import { birthDateOf, Person, PersonAlreadyRegistered } from './person';
import { type Contact, PersonContact } from './person-contact';
import type { ContactBody, RegisterPerson } from './persons.dto';

@Injectable()
export class PersonCommands {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
    private readonly personalData: PersonalData,
    private readonly seals: Seals,
  ) {}

  async register(command: RegisterPerson, access: Access): Promise<Changed> {
    const now = this.clock.now();
    const identifier = command.identifier ? identifierOf(command.identifier as GivenIdentifier) : undefined;
    const birthDate = birthDateOf(command.birthDate ?? undefined, identifier, dayOf(now));
    const id = uuidv7();
    try {
      return await this.work.run(async (work) => {
        const key = await this.personalData.newPerson(work, id);
        const row = new SealedRow(key, 'person', id);
        const person = Person.register(
          id,
          unitOf(access.caller),
          command.terc,
          {
            identifier: row.sealIfGiven('identifier', identifier && JSON.stringify(identifier.given)),
            identifierIndex: identifier ? this.seals.indexOf(identifier) : null,
            givenName: row.seal('given_name', command.givenName),
            familyName: row.seal('family_name', command.familyName),
            birthDate: row.sealIfGiven('birth_date', birthDate),
          },
          now,
        );
        await work.save(person, person.registered());
        if (command.contact) await this.giveContact(work, person, key, command.contact);
        const fieldGroups = command.contact ? ['IDENTITY', 'CONTACT'] : ['IDENTITY'];
        await this.personalData.record(work, 'WRITE', access, { personId: id, fieldGroups });
        return { id, version: person.version };
      });
    } catch (error) {
      throw isUniqueViolation(error, 'person_identifier_is_unique') ? new PersonAlreadyRegistered() : error;
    }
  }

  /** `expectedVersion` is the contact's own; 0 when there is none yet. */
  changeContact(id: string, expectedVersion: number, command: ContactBody, access: Access): Promise<Changed> {
    return this.work.run(async (work) => {
      const person = await loadVisible(work, Person, id, access.caller);
      const key = await this.personalData.keyOf(work, id);
      const known = await contactOf(work, id);
      if ((known?.version ?? 0) !== expectedVersion) throw new StaleVersion(expectedVersion, known?.version ?? 0);
      const contact = await this.giveContact(work, person, key, command, known);
      await this.personalData.record(work, 'WRITE', access, { personId: id, fieldGroups: ['CONTACT'] });
      return { id, version: contact.version };
    });
  }

  private async giveContact(
    work: Work,
    person: Person,
    key: Buffer,
    given: ContactBody,
    known?: PersonContact,
  ): Promise<PersonContact> {
    const contact = contactFrom(given);
    const sealed = new SealedRow(key, 'person_contact', person.id).sealJson('contact', contact);
    const changed = known ?? PersonContact.give(person.id, sealed);
    changed.change(sealed);
    const row = new SealedRow(key, 'person', person.id);
    const name = `${row.open('given_name', person.givenName)} ${row.open('family_name', person.familyName)}`;
    await work.save(
      changed,
      changed.changed(await this.seals.toNotifications({ ...contact, personId: person.id, name })),
    );
    return changed;
  }
}

/** What was left out or sent as null is left out. */
function contactFrom({ email, phone, language, form }: ContactBody): Contact {
  return { ...(email && { email }), ...(phone && { phone }), language: language ?? 'pl', form: form ?? 'STANDARD' };
}

async function contactOf(work: Work, personId: string): Promise<PersonContact | undefined> {
  try {
    return await work.load(PersonContact, personId);
  } catch (error) {
    if (error instanceof NotFound) return undefined;
    throw error;
  }
}
