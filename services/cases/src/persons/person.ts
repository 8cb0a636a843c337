import type { Day } from '@okienko/contracts/calendar';
import { personRegisteredV1 } from '@okienko/contracts/cases/person-registered.v1';
import { DomainError } from '@okienko/contracts/domain-error';
import { type DomainEvent, event } from '@okienko/contracts/event';
import type { Identifier } from './identifier';

export class PersonAlreadyRegistered extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'person-already-registered';
  constructor() {
    super('A person with this identifier is registered already. Find them with POST /persons/search.');
  }
}

export class BirthDateWrong extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'birth-date-wrong';
  constructor(why: string) {
    super(why);
  }
}

/** What the desk writes down of a person; in the row it is ciphertext. */
export interface SealedIdentity {
  readonly identifier: Buffer | null;
  readonly identifierIndex: Buffer | null;
  readonly givenName: Buffer;
  readonly familyName: Buffer;
  readonly birthDate: Buffer | null;
}

/** Somebody the centre knows. All that tells who they are is sealed under their own key. */
export class Person {
  private constructor(
    readonly id: string,
    readonly version: number,
    readonly unit: string,
    readonly terc: string,
    readonly identifier: Buffer | null,
    readonly identifierIndex: Buffer | null,
    readonly givenName: Buffer,
    readonly familyName: Buffer,
    readonly birthDate: Buffer | null,
    readonly registeredAt: Date,
  ) {}

  static register(id: string, unit: string, terc: string, identity: SealedIdentity, now: Date): Person {
    const { identifier, identifierIndex, givenName, familyName, birthDate } = identity;
    return new Person(id, 0, unit, terc, identifier, identifierIndex, givenName, familyName, birthDate, now);
  }

  registered(): DomainEvent<typeof personRegisteredV1> {
    return event(personRegisteredV1, this.id, { terc: this.terc }, this.terc);
  }
}

/** The date as given or as the PESEL tells it. The two may not contradict each other, and nobody is born tomorrow. */
export function birthDateOf(given: Day | undefined, identifier: Identifier | undefined, today: Day): Day | undefined {
  const told = identifier?.birthDate;
  if (given && told && given !== told) throw new BirthDateWrong('The birth date is not the one in the PESEL.');
  const birthDate = given ?? told;
  if (birthDate && birthDate > today) throw new BirthDateWrong('The birth date is in the future.');
  return birthDate;
}
