import { type Day, dayOf } from '@okienko/contracts/calendar';
import { breakGlassOpenedV1 } from '@okienko/contracts/cases/break-glass-opened.v1';
import { breakGlassReviewedV1 } from '@okienko/contracts/cases/break-glass-reviewed.v1';
import { DomainError, NotInState } from '@okienko/contracts/domain-error';
import { type DomainEvent, event } from '@okienko/contracts/event';
import { breakGlassTermsOn } from '../terms/break-glass-terms';
import { addWorkingDays } from '../terms/working-days';

export const findings = ['JUSTIFIED', 'NOT_JUSTIFIED'] as const;
export type Finding = (typeof findings)[number];

export class VisibleAnyway extends DomainError {
  readonly kind = 'conflict';
  readonly code = 'visible-anyway';
  constructor() {
    super('You see the matters of this person without it.');
  }
}

export class OwnBreakGlass extends DomainError {
  readonly kind = 'forbidden';
  readonly code = 'own-break-glass';
  override readonly basis = 'GDPR art. 32(4)';
  constructor() {
    super('Nobody judges their own look. Let somebody else who answers for the services look into it.');
  }
}

/** Who opened it, from where, and why; the reason is ciphertext under the person's key. */
export interface Opening {
  readonly unit: string;
  readonly personId: string;
  readonly account: string;
  readonly accountUnit: string;
  readonly reason: Buffer;
}

/** That somebody opened the matters of a person of another unit: a look for a dated term, told to those who answer for the services, and judged by them. */
export class BreakGlass {
  private constructor(
    readonly id: string,
    readonly version: number,
    /** Of the person. */
    readonly unit: string,
    readonly personId: string,
    readonly account: string,
    readonly accountUnit: string,
    readonly reason: Buffer,
    readonly openedAt: Date,
    readonly until: Date,
    readonly dueOn: Day,
    private finding: Finding | null,
    private reviewedBy: string | null,
    public reviewedAt: Date | null,
    public note: Buffer | null,
  ) {}

  static open(id: string, { unit, personId, account, accountUnit, reason }: Opening, now: Date): BreakGlass {
    const { hours, reviewWithin } = breakGlassTermsOn(dayOf(now));
    const until = new Date(now.getTime() + hours * 60 * 60_000);
    const dueOn = addWorkingDays(dayOf(now), reviewWithin);
    return new BreakGlass(
      id,
      0,
      unit,
      personId,
      account,
      accountUnit,
      reason,
      now,
      until,
      dueOn,
      null,
      null,
      null,
      null,
    );
  }

  review(finding: Finding, note: Buffer, by: string, now: Date): DomainEvent<typeof breakGlassReviewedV1> {
    if (by === this.account) throw new OwnBreakGlass();
    if (this.finding !== null) throw new NotInState('break-glass', 'reviewed', 'REVIEWED');
    this.finding = finding;
    this.reviewedBy = by;
    this.reviewedAt = now;
    this.note = note;
    const { personId, account } = this;
    return event(breakGlassReviewedV1, this.id, { personId, account, finding, reviewedBy: this.reviewedBy });
  }

  opened(): DomainEvent<typeof breakGlassOpenedV1> {
    const { personId, account, until, dueOn } = this;
    return event(breakGlassOpenedV1, this.id, { personId, account, until: until.toISOString(), dueOn });
  }
}
