import type { Day } from '@okienko/contracts/calendar';
import { representationEndedV1 } from '@okienko/contracts/cases/representation-ended.v1';
import { representationRecordedV1 } from '@okienko/contracts/cases/representation-recorded.v1';
import { DomainError, NotInState } from '@okienko/contracts/domain-error';
import { type DomainEvent, event } from '@okienko/contracts/event';
import type { ApplicantRole } from '../applications/applicant';
import { ValidityReversed } from '../authorisations/authorisation';
import { DayInTheFuture } from '../plans/plan-errors';

/** In which role somebody applies for another (art. 35). */
export type RepresentativeRole = Exclude<ApplicantRole, 'PERSON'>;

/** What a role rests on, and whether a court has to have said so (Family and Guardianship Code, art. 98, 145, 155, 178). */
const bases = {
  PARENT: { role: 'STATUTORY_REPRESENTATIVE', byCourt: false },
  GUARDIAN: { role: 'STATUTORY_REPRESENTATIVE', byCourt: true },
  CURATOR: { role: 'STATUTORY_REPRESENTATIVE', byCourt: true },
  FAMILY_CARE: { role: 'ACTUAL_CARER', byCourt: false },
  OTHER_CARE: { role: 'ACTUAL_CARER', byCourt: false },
} as const satisfies Record<string, { role: RepresentativeRole; byCourt: boolean }>;
export type RepresentationBasis = keyof typeof bases;
export const representationBases = Object.keys(bases) as RepresentationBasis[];

export class OwnRepresentative extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'own-representative';
  override readonly basis = 'art. 35';
  constructor() {
    super('Nobody represents themselves. Whoever applies for themselves needs no representation.');
  }
}

export class RulingMissing extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'ruling-missing';
  override readonly basis = 'Family and Guardianship Code, art. 145, 155, 178';
  constructor() {
    super('A guardian or curator is appointed by a court. Record the number of its ruling.');
  }
}

export interface RepresentationTerms {
  readonly personId: string;
  readonly representativeId: string;
  readonly basis: RepresentationBasis;
  /** Ciphertext of the number of the court's ruling. */
  readonly ruling: Buffer | null;
  readonly validFrom: Day;
  readonly validTo: Day | null;
}

/** That somebody may apply for another person: their statutory representative, or their actual carer. */
export class Representation {
  private constructor(
    readonly id: string,
    readonly version: number,
    readonly unit: string,
    readonly personId: string,
    readonly representativeId: string,
    readonly role: RepresentativeRole,
    readonly basis: RepresentationBasis,
    readonly ruling: Buffer | null,
    readonly validFrom: Day,
    readonly validTo: Day | null,
    readonly recordedBy: string,
    private endedOn: Day | null,
  ) {}

  static record(id: string, unit: string, terms: RepresentationTerms, recordedBy: string): Representation {
    const { personId, representativeId, basis, ruling, validFrom, validTo } = terms;
    const { role, byCourt } = bases[basis];
    if (personId === representativeId) throw new OwnRepresentative();
    if (validTo !== null && validTo < validFrom) throw new ValidityReversed();
    if (byCourt && ruling === null) throw new RulingMissing();
    return new Representation(
      id,
      0,
      unit,
      personId,
      representativeId,
      role,
      basis,
      ruling,
      validFrom,
      validTo,
      recordedBy,
      null,
    );
  }

  end(endedOn: Day, today: Day): void {
    if (this.endedOn !== null) throw new NotInState('representation', 'ended', 'ENDED');
    if (endedOn > today) throw new DayInTheFuture();
    if (endedOn < this.validFrom) throw new ValidityReversed();
    this.endedOn = endedOn;
  }

  recorded(): DomainEvent<typeof representationRecordedV1> {
    const { personId, representativeId, role, validFrom, validTo } = this;
    const data = { personId, representativeId, role, validFrom, ...(validTo === null ? {} : { validTo }) };
    return event(representationRecordedV1, this.id, data);
  }

  ended(endedOn: Day): DomainEvent<typeof representationEndedV1> {
    const { personId, representativeId, role } = this;
    return event(representationEndedV1, this.id, { personId, representativeId, role, endedOn });
  }
}
