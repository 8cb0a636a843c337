import type { Day } from '@okienko/contracts/calendar';
import { meetingHeldV1 } from '@okienko/contracts/cases/meeting-held.v1';
import { type DomainEvent, event } from '@okienko/contracts/event';
import type { Unit } from '../deadlines/unit-duties';
import { DayInTheFuture } from '../plans/plan-errors';

/** Who met, and when. */
export interface Held {
  readonly heldOn: Day;
  /** Accounts of the coordinators who were there. */
  readonly coordinators: readonly string[];
  /** Contractors who had been invited and came. */
  readonly providerIds: readonly string[];
}

/** A meeting of the coordinators of a unit with the services organiser (art. 46(2)). */
export class Meeting {
  private constructor(
    readonly id: string,
    readonly version: number,
    readonly unit: string,
    readonly terc: string,
    readonly heldOn: Day,
    readonly coordinators: readonly string[],
    readonly providerIds: readonly string[],
    readonly recordedBy: string,
  ) {}

  static record(
    id: string,
    { unit, terc }: Unit,
    { heldOn, coordinators, providerIds }: Held,
    by: string,
    today: Day,
  ): Meeting {
    if (heldOn > today) throw new DayInTheFuture();
    return new Meeting(id, 0, unit, terc, heldOn, coordinators, providerIds, by);
  }

  held(): DomainEvent<typeof meetingHeldV1> {
    const { heldOn, coordinators, providerIds } = this;
    const data = { heldOn, coordinators: coordinators.length, contractors: providerIds.length };
    return event(meetingHeldV1, this.id, data, this.terc);
  }
}
