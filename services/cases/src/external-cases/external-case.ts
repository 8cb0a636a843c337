import type { Day } from '@okienko/contracts/calendar';
import { externalCaseRegisteredV1 } from '@okienko/contracts/cases/external-case-registered.v1';
import { externalCaseUpdatedV1 } from '@okienko/contracts/cases/external-case-updated.v1';
import { DomainError } from '@okienko/contracts/domain-error';
import { type DomainEvent, event } from '@okienko/contracts/event';

export const externalCaseStatuses = ['OPEN', 'CLOSED'] as const;
export type ExternalCaseStatus = (typeof externalCaseStatuses)[number];

export class ExternalCaseExists extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'external-case-exists';
  constructor() {
    super('This case of the person is referred to already. Update it with POST /external-cases/{id}/update.');
  }
}

export class ExternalCaseReversed extends DomainError {
  readonly kind = 'rule-broken';
  readonly code = 'period-reversed';
  constructor() {
    super('A case does not end before the day it began.');
  }
}

/** Whose, and which: one case may be about several people. */
export interface Reference {
  readonly personId: string;
  readonly system: string;
  /** What equal numbers have in common. */
  readonly numberIndex: Buffer;
}

/** What the centre knows of how the case stands elsewhere. */
export interface Standing {
  readonly status: ExternalCaseStatus;
  readonly from: Day;
  /** Last day; null while it goes on, or nobody knows. */
  readonly to: Day | null;
}

/** What may tell of poverty or illness: under which number, and of what kind. In the row it is ciphertext. */
export interface Particulars {
  readonly number: string;
  readonly kindCode: string;
}

/** That a person has a case in another system, as of social assistance, which is decided there and not here (art. 19). */
export class ExternalCase {
  private constructor(
    readonly id: string,
    readonly version: number,
    readonly unit: string,
    readonly personId: string,
    readonly system: string,
    readonly numberIndex: Buffer,
    public particulars: Buffer,
    public status: ExternalCaseStatus,
    public fromDay: Day,
    public toDay: Day | null,
    readonly recordedBy: string,
  ) {}

  static register(
    id: string,
    unit: string,
    { personId, system, numberIndex }: Reference,
    particulars: Buffer,
    standing: Standing,
    recordedBy: string,
  ): ExternalCase {
    const { status, from, to } = inOrder(standing);
    return new ExternalCase(id, 0, unit, personId, system, numberIndex, particulars, status, from, to, recordedBy);
  }

  update(particulars: Buffer, standing: Standing): void {
    const { status, from, to } = inOrder(standing);
    Object.assign(this, { particulars, status, fromDay: from, toDay: to });
  }

  registered(): DomainEvent<typeof externalCaseRegisteredV1> {
    return event(externalCaseRegisteredV1, this.id, { personId: this.personId });
  }

  updated(): DomainEvent<typeof externalCaseUpdatedV1> {
    return event(externalCaseUpdatedV1, this.id, { personId: this.personId });
  }
}

function inOrder(standing: Standing): Standing {
  if (standing.to !== null && standing.to < standing.from) throw new ExternalCaseReversed();
  return standing;
}
