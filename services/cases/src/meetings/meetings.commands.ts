import { Injectable } from '@nestjs/common';
import type { Principal } from '@okienko/chassis/access';
import type { Changed } from '@okienko/chassis/http';
import { type Day, dayOf } from '@okienko/contracts/calendar';
import { Clock } from '@okienko/messaging/clock';
import { UnitOfWork, type Work } from '@okienko/messaging/unit-of-work';
import { v7 as uuidv7 } from 'uuid';
import { fulfilUnitDuty, unitWithPlans } from '../deadlines/unit-duties';
import { Meeting } from './meeting';
import type { RecordMeeting } from './meetings.dto';

@Injectable()
export class MeetingCommands {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** The next one is owed from the last that was held; a meeting recorded after a later one changes nothing about that. */
  record({ unit: named, heldOn, coordinators, providerIds = [] }: RecordMeeting, caller: Principal): Promise<Changed> {
    return this.work.run(async (work) => {
      const unit = await unitWithPlans(work, caller, named);
      const held = { heldOn, coordinators, providerIds };
      const meeting = Meeting.record(uuidv7(), unit, held, caller.sub, dayOf(this.clock.now()));
      const last = await lastHeld(work, unit.unit);
      if (last === null || last <= heldOn) fulfilUnitDuty(work, 'COORDINATORS_MEETING', unit, heldOn);
      await work.save(meeting, meeting.held());
      return { id: meeting.id, version: meeting.version };
    });
  }
}

async function lastHeld({ query }: Work, unit: string): Promise<Day | null> {
  const [row] = await query<{ last: Day | null }>('select max(held_on) as last from meeting where unit = $1', [unit]);
  return row?.last ?? null;
}
