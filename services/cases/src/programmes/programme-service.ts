import type { Day } from '@okienko/contracts/calendar';
import { DomainError } from '@okienko/contracts/domain-error';
import { sameGmina } from '@okienko/identifiers/terc';

export class ProgrammeNotInForce extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'programme-not-in-force';
  override readonly basis = 'art. 4, 5(3)(2)';
  constructor() {
    super('The programme does not offer this service today: it is not yet in force, has ended, or no longer lists it.');
  }
}

export class NotAResident extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'not-a-resident';
  override readonly basis = 'programme, conditions of qualification (art. 5(3)(6))';
  constructor() {
    super(
      'The person lives in another gmina than the one whose programme this is. Refuse the service, or correct the residence.',
    );
  }
}

export class PlacesLeft extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'places-left';
  constructor() {
    super('The limit is not reached, so nobody has to wait. Qualify the person instead.');
  }
}

export class NoQueue extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'no-queue';
  override readonly basis = 'programme, mode of qualification (art. 5(3)(6))';
  constructor() {
    super(
      'The programme keeps no waiting list for this service. Whom the limit leaves out gets a decision (art. 42(3)).',
    );
  }
}

/** One service of a programme as this service knows it from the catalogue, with the places already taken. */
export interface ProgrammeService {
  readonly programmeId: string;
  readonly programmeVersion: number;
  readonly serviceCode: string;
  readonly terc: string;
  readonly validFrom: Day;
  readonly validTo: Day;
  readonly endedOn: Day | null;
  readonly expectedPersons: number;
  readonly taken: number;
  readonly queueRule: 'NONE' | 'FILING_TIME';
}

/** Only a resident, and only while the programme is in force, may be granted a service. */
export function assertOpenTo(service: ProgrammeService | undefined, personTerc: string, today: Day): asserts service {
  if (!service || service.endedOn !== null) throw new ProgrammeNotInForce();
  if (today < service.validFrom || service.validTo < today) throw new ProgrammeNotInForce();
  if (!sameGmina(personTerc, service.terc)) throw new NotAResident();
}

/** The Act knows no waiting list, so there is one only where the programme provides it, and only past the limit. */
export function assertMustWait({ queueRule, taken, expectedPersons }: ProgrammeService): void {
  if (queueRule === 'NONE') throw new NoQueue();
  if (taken < expectedPersons) throw new PlacesLeft();
}
