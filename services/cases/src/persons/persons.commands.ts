import { Injectable } from '@nestjs/common';
import type { Changed } from '@okienko/chassis/http';
import { type Day, dayOf } from '@okienko/contracts/calendar';
import { Clock } from '@okienko/messaging/clock';
import { isUniqueViolation } from '@okienko/messaging/transaction';
import { UnitOfWork, type Work } from '@okienko/messaging/unit-of-work';
import { v7 as uuidv7 } from 'uuid';
import { loadVisible } from '../access/load-visible';
import { type Access, PersonalData } from '../access/personal-data';
import { SealedRow } from '../access/sealed-row';
import { unitOf } from '../access/visibility';
import { contactFrom } from './contact-body';
import { ContactCommands } from './contacts.commands';
import { type GivenIdentifier, type Identifier, identifierOf } from './identifier';
import { birthDateOf, type IdentityGroup, identityGroups, Person, type SealedIdentity } from './person';
import { PersonAlreadyRegistered } from './person-errors';
import { findMatches, indexesOf, indexIdentifier, indexNames } from './person-matches';
import type { CorrectIdentity, Identity, PersonRegistered, RegisterPerson } from './persons.dto';
import { Seals } from './seals';

@Injectable()
export class PersonCommands {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
    private readonly personalData: PersonalData,
    private readonly seals: Seals,
    private readonly contacts: ContactCommands,
  ) {}

  register(command: RegisterPerson, access: Access): Promise<PersonRegistered> {
    return this.once(async (work) => {
      const now = this.clock.now();
      const id = uuidv7();
      const key = await this.personalData.newPerson(work, id);
      const known = this.knownAs(command);
      const identity = this.sealed(new SealedRow(key, 'person', id), known);
      const person = Person.register(id, unitOf(access.caller), command.terc, identity, now);
      const { seen, elsewhere } = await findMatches(work, this.seals, access.caller, known);
      await work.save(person, person.registered());
      this.index(work, id, known);
      if (command.contact) await this.contacts.give(work, person, key, contactFrom(command.contact));
      const fieldGroups = command.contact ? ['IDENTITY', 'CONTACT'] : ['IDENTITY'];
      await this.personalData.recordAll(work, access, [
        { act: 'WRITE', personId: id, fieldGroups },
        ...seen.map((match) => ({ act: 'SEARCH', personId: match.id, fieldGroups: ['IDENTITY'] }) as const),
      ]);
      return { id, version: person.version, possibleDuplicates: seen, possibleDuplicatesElsewhere: elsewhere };
    });
  }

  /** All of the identity as it should stand. Says which groups changed, and never to what. */
  correctIdentity(id: string, expectedVersion: number, command: CorrectIdentity, access: Access): Promise<Changed> {
    return this.once(async (work) => {
      const person = await loadVisible(work, Person, id, access.caller, expectedVersion);
      const key = await this.personalData.keyOf(work, id);
      const row = new SealedRow(key, 'person', id);
      const known = this.knownAs(command);
      const identity = this.sealed(row, known);
      const changed = changedGroups(row, person, known, command.terc, this.seals);
      person.correct(identity, command.terc, changed);
      await work.save(person, person.identityCorrected(changed, command.reasonCode));
      work.send('delete from person_match where person_id = $1', [id]);
      this.index(work, id, known);
      if (changed.includes('NAMES')) await this.contacts.rename(work, person, key);
      await this.personalData.record(work, 'WRITE', access, { personId: id, fieldGroups: ['IDENTITY'] });
      return { id, version: person.version };
    });
  }

  private async once<T>(act: (work: Work) => Promise<T>): Promise<T> {
    try {
      return await this.work.run(act);
    } catch (error) {
      throw identifierIsUnique.some((constraint) => isUniqueViolation(error, constraint))
        ? new PersonAlreadyRegistered()
        : error;
    }
  }

  private index(work: Work, id: string, known: Known): void {
    indexNames(work, this.seals, id, known);
    if (known.identifier) indexIdentifier(work, this.seals, id, known.identifier);
  }

  private knownAs({ givenName, familyName, ...given }: Identity): Known {
    const identifier = given.identifier ? identifierOf(given.identifier as GivenIdentifier) : undefined;
    const birthDate = birthDateOf(given.birthDate ?? undefined, identifier, dayOf(this.clock.now()));
    return { givenName, familyName, identifier, birthDate };
  }

  private sealed(row: SealedRow, { givenName, familyName, identifier, birthDate }: Known): SealedIdentity {
    return {
      identifier: row.sealIfGiven('identifier', identifier && JSON.stringify(identifier.given)),
      identifierIndex: identifier ? this.seals.indexOf(identifier) : null,
      givenName: row.seal('given_name', givenName),
      familyName: row.seal('family_name', familyName),
      birthDate: row.sealIfGiven('birth_date', birthDate),
    };
  }
}

/** Of the current version of the index, and of all that are known. */
const identifierIsUnique = ['person_identifier_is_unique', 'person_identifier_is_unique_in_any_version'];

interface Known {
  readonly givenName: string;
  readonly familyName: string;
  readonly identifier: Identifier | undefined;
  readonly birthDate: Day | undefined;
}

/** Which groups of what the record says are not as they are now said to be. */
function changedGroups(
  row: SealedRow,
  person: Person,
  { givenName, familyName, birthDate, identifier }: Known,
  terc: string,
  seals: Seals,
): IdentityGroup[] {
  const isIdentifiedBy = (given: Identifier): boolean =>
    indexesOf(seals, given).some((index) => person.identifierIndex?.equals(index));
  const differs: Readonly<Record<IdentityGroup, boolean>> = {
    NAMES:
      row.open('given_name', person.givenName) !== givenName ||
      row.open('family_name', person.familyName) !== familyName,
    BIRTH_DATE: row.openIfGiven('birth_date', person.birthDate) !== (birthDate ?? null),
    IDENTIFIER: identifier ? !isIdentifiedBy(identifier) : person.identifierIndex !== null,
    RESIDENCE: person.terc !== terc || person.isGone,
  };
  return identityGroups.filter((group) => differs[group]);
}
