import type { Day } from '@okienko/contracts/calendar';
import { NotInState } from '@okienko/contracts/domain-error';
import { type DomainEvent, event } from '@okienko/contracts/event';
import { requiredQualificationEndedV1 } from '@okienko/contracts/providers/required-qualification-ended.v1';
import { requiredQualificationLaidDownV1 } from '@okienko/contracts/providers/required-qualification-laid-down.v1';
import { ValidityReversed } from './performer-errors';

/** A qualification without which nobody may perform a service, because some law says so (art. 2(3)). */
export class RequiredQualification {
  private constructor(
    readonly id: string,
    readonly version: number,
    readonly offerId: string,
    readonly code: string,
    /** The law. */
    readonly basis: string,
    readonly from: Day,
    /** The last day; null while no end is known. */
    private to: Day | null,
  ) {}

  static layDown(id: string, offerId: string, code: string, basis: string, from: Day): RequiredQualification {
    return new RequiredQualification(id, 0, offerId, code, basis, from, null);
  }

  laidDown(): DomainEvent<typeof requiredQualificationLaidDownV1> {
    const { offerId, code, from } = this;
    return event(requiredQualificationLaidDownV1, this.id, { offerId, code, from });
  }

  end(to: Day): DomainEvent<typeof requiredQualificationEndedV1> {
    if (this.to !== null) throw new NotInState('required qualification', 'ended', 'ENDED');
    if (to < this.from) throw new ValidityReversed();
    this.to = to;
    return event(requiredQualificationEndedV1, this.id, { offerId: this.offerId, code: this.code, to });
  }
}
