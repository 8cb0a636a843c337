import type { Day } from '@okienko/contracts/calendar';
import { personDeathCorrectedV1 } from '@okienko/contracts/cases/person-death-corrected.v1';
import { personDepartedV1 } from '@okienko/contracts/cases/person-departed.v1';
import { personDepartureCorrectedV1 } from '@okienko/contracts/cases/person-departure-corrected.v1';
import { personDiedV1 } from '@okienko/contracts/cases/person-died.v1';
import { personErasedV1 } from '@okienko/contracts/cases/person-erased.v1';
import { personIdentityCorrectedV1 } from '@okienko/contracts/cases/person-identity-corrected.v1';
import { personMergeReversedV1 } from '@okienko/contracts/cases/person-merge-reversed.v1';
import { personMergedV1 } from '@okienko/contracts/cases/person-merged.v1';
import { personRegisteredV1 } from '@okienko/contracts/cases/person-registered.v1';
import { personRestrictedV1 } from '@okienko/contracts/cases/person-restricted.v1';
import { personRestrictionLiftedV1 } from '@okienko/contracts/cases/person-restriction-lifted.v1';
import { NotInState } from '@okienko/contracts/domain-error';
import { type DomainEvent, event } from '@okienko/contracts/event';
import { sameGmina } from '@okienko/identifiers/terc';
import { DataErased } from '../access/personal-data';
import type { Ended } from '../matters/end-matters';
import { DayInTheFuture } from '../plans/plan-errors';
import type { Identifier } from './identifier';
import { BirthDateWrong, DeathDateWrong, NothingToCorrect, PersonDead, PersonMerged, SameGmina } from './person-errors';

/** What the desk writes down of a person; in the row it is ciphertext. */
export interface SealedIdentity {
  readonly identifier: Buffer | null;
  readonly identifierIndex: Buffer | null;
  readonly givenName: Buffer;
  readonly familyName: Buffer;
  readonly birthDate: Buffer | null;
}

export const identityGroups = ['NAMES', 'BIRTH_DATE', 'IDENTIFIER', 'RESIDENCE'] as const;
export type IdentityGroup = (typeof identityGroups)[number];

export const deathSources = ['DEATH_CERTIFICATE', 'POPULATION_REGISTER', 'FAMILY', 'PROVIDER', 'OTHER'] as const;
export type DeathSource = (typeof deathSources)[number];

export interface Death {
  readonly diedOn: Day;
  readonly source: DeathSource;
  /** What came to an end with it; stays ended when the record was wrong. */
  readonly ended: Ended;
}

export interface Departure {
  readonly leftOn: Day;
  readonly fromTerc: string;
  /** Null while nobody knows where to. */
  readonly toTerc: string | null;
  readonly ended: Ended;
}

export const restrictionGrounds = ['ACCURACY_CONTESTED', 'UNLAWFUL', 'NEEDED_FOR_CLAIMS', 'OBJECTION'] as const;
export type RestrictionGround = (typeof restrictionGrounds)[number];

/** GDPR art. 18: the data are kept, and nothing else is done with them but for legal claims. */
export interface Restriction {
  readonly ground: RestrictionGround;
  readonly since: Day;
}

/** Somebody the centre knows. All that tells who they are is sealed under their own key. */
export class Person {
  private constructor(
    readonly id: string,
    readonly version: number,
    readonly unit: string,
    /** Gmina of residence, the last one known. */
    public terc: string,
    public identifier: Buffer | null,
    public identifierIndex: Buffer | null,
    public givenName: Buffer,
    public familyName: Buffer,
    public birthDate: Buffer | null,
    readonly registeredAt: Date,
    /** The record of the same person that goes on in place of this one. */
    public mergedInto: string | null,
    public death: Death | null,
    public departure: Departure | null,
    /** Since then nothing is known of them but that there was somebody. */
    public erasedAt: Date | null,
    public restriction: Restriction | null,
  ) {}

  static register(id: string, unit: string, terc: string, identity: SealedIdentity, now: Date): Person {
    const { identifier, identifierIndex, givenName, familyName, birthDate } = identity;
    return new Person(
      id,
      0,
      unit,
      terc,
      identifier,
      identifierIndex,
      givenName,
      familyName,
      birthDate,
      now,
      null,
      null,
      null,
      null,
      null,
    );
  }

  /** A residence that is known again says where somebody went who had left. */
  correct(identity: SealedIdentity, terc: string, changed: readonly IdentityGroup[]): void {
    this.assertGoesOn();
    if (changed.length === 0) throw new NothingToCorrect();
    Object.assign(this, identity);
    this.terc = terc;
    if (changed.includes('RESIDENCE')) this.departure = null;
  }

  mergeInto(survivor: Person): void {
    this.assertGoesOn();
    survivor.assertGoesOn();
    this.mergedInto = survivor.id;
  }

  separate(): void {
    this.mergedInto = null;
  }

  identifyBy(identifier: Buffer | null, identifierIndex: Buffer | null): void {
    this.identifier = identifier;
    this.identifierIndex = identifierIndex;
  }

  assertMayDie(diedOn: Day, bornOn: Day | null, today: Day): void {
    this.assertGoesOn();
    this.assertAlive();
    if (diedOn > today || (bornOn !== null && diedOn < bornOn)) throw new DeathDateWrong();
  }

  die(death: Death): void {
    this.death = death;
  }

  /** What had been recorded; what it ended stays ended. */
  correctDeath(): Death {
    const { death } = this;
    if (!death) throw new NotInState('person', 'called alive again', 'ALIVE');
    this.death = null;
    return death;
  }

  assertMayDepart(leftOn: Day, toTerc: string | null, today: Day): void {
    this.assertGoesOn();
    this.assertAlive();
    if (this.isGone) throw new NotInState('person', 'moved out', 'GONE');
    if (leftOn > today) throw new DayInTheFuture();
    if (toTerc !== null && sameGmina(toTerc, this.terc)) throw new SameGmina();
  }

  depart(departure: Departure): void {
    this.departure = departure;
    this.terc = departure.toTerc ?? this.terc;
  }

  correctDeparture(): Departure {
    const { departure } = this;
    if (!departure) throw new NotInState('person', 'called a resident again', 'RESIDENT');
    this.departure = null;
    this.terc = departure.fromTerc;
    return departure;
  }

  /** What else is held about them is emptied in the same transaction (`retention/erase.ts`). */
  erase(at: Date): void {
    const nothing = Buffer.alloc(0);
    Object.assign(this, { identifier: null, identifierIndex: null, givenName: nothing, familyName: nothing });
    Object.assign(this, { birthDate: null, death: null, departure: null, erasedAt: at });
  }

  restrict(ground: RestrictionGround, since: Day): void {
    this.assertGoesOn();
    if (this.restriction) throw new NotInState('person', 'restricted', 'RESTRICTED');
    this.restriction = { ground, since };
  }

  liftRestriction(): void {
    if (!this.restriction) throw new NotInState('person', 'released', 'UNRESTRICTED');
    this.restriction = null;
  }

  /** Has left, and nobody knows where to. */
  get isGone(): boolean {
    return this.departure !== null && this.departure.toTerc === null;
  }

  private assertGoesOn(): void {
    if (this.erasedAt !== null) throw new DataErased();
    if (this.mergedInto !== null) throw new PersonMerged(this.mergedInto);
  }

  private assertAlive(): void {
    if (this.death !== null) throw new PersonDead();
  }

  erased(erasedAt: Date, basis: string, disposalId?: string): DomainEvent<typeof personErasedV1> {
    const data = { erasedAt: erasedAt.toISOString(), basis, ...(disposalId === undefined ? {} : { disposalId }) };
    return event(personErasedV1, this.id, data, this.terc);
  }

  registered(): DomainEvent<typeof personRegisteredV1> {
    return event(personRegisteredV1, this.id, { terc: this.terc }, this.terc);
  }

  identityCorrected(changed: IdentityGroup[], reasonCode: string): DomainEvent<typeof personIdentityCorrectedV1> {
    return event(personIdentityCorrectedV1, this.id, { changed, reasonCode, terc: this.terc }, this.terc);
  }

  /** Told in the history of either record. */
  merged(survivorId: string, duplicateId: string, evidence: string): DomainEvent<typeof personMergedV1> {
    return event(personMergedV1, this.id, { survivorId, duplicateId, evidence }, this.terc);
  }

  mergeReversed(survivorId: string, duplicateId: string): DomainEvent<typeof personMergeReversedV1> {
    return event(personMergeReversedV1, this.id, { survivorId, duplicateId }, this.terc);
  }

  died({ diedOn, source }: Death): DomainEvent<typeof personDiedV1> {
    return event(personDiedV1, this.id, { diedOn, source }, this.terc);
  }

  deathCorrected(reasonCode: string): DomainEvent<typeof personDeathCorrectedV1> {
    return event(personDeathCorrectedV1, this.id, { reasonCode }, this.terc);
  }

  restricted(ground: RestrictionGround): DomainEvent<typeof personRestrictedV1> {
    return event(personRestrictedV1, this.id, { ground }, this.terc);
  }

  restrictionLifted(reasonCode: string): DomainEvent<typeof personRestrictionLiftedV1> {
    return event(personRestrictionLiftedV1, this.id, { reasonCode }, this.terc);
  }

  departed({ leftOn, fromTerc, toTerc }: Departure): DomainEvent<typeof personDepartedV1> {
    return event(personDepartedV1, this.id, { leftOn, fromTerc, ...(toTerc === null ? {} : { toTerc }) }, fromTerc);
  }

  departureCorrected(reasonCode: string): DomainEvent<typeof personDepartureCorrectedV1> {
    return event(personDepartureCorrectedV1, this.id, { reasonCode, terc: this.terc }, this.terc);
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
