import { Injectable } from '@nestjs/common';
import { dayOf } from '@okienko/contracts/calendar';
import { Clock } from '@okienko/messaging/clock';
import { UnitOfWork } from '@okienko/messaging/unit-of-work';
import { Deadline } from './deadline';
import { deadlineKinds } from './deadlines';
import { startUnitDuty, unitsWithoutDuty } from './unit-duties';

/** Deadlines a transaction. */
const batch = 100;

@Injectable()
export class DeadlineCommands {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /**
   * Tells of the next deadlines of which there is something to tell; answers whether there may be more. Replicas pass over each other's, and
   * during an upgrade those of the version before over kinds that only the new one knows.
   */
  tell(): Promise<boolean> {
    return this.work.run(async ({ query, load, save }) => {
      const now = this.clock.now();
      const due = await query<{ id: string }>(toTell, [dayOf(now), batch, deadlineKinds]);
      for (const { id } of due) {
        const deadline = await load(Deadline, id);
        const [first, ...more] = deadline.tell(now);
        if (first) await save(deadline, first, ...more);
      }
      return due.length === batch;
    });
  }

  /** Units in which plans have been made owe a summary and a meeting from then on (art. 46). */
  startUnitDuties(): Promise<void> {
    return this.work.run(async (work) => {
      const today = dayOf(this.clock.now());
      for (const { kind, ...unit } of await unitsWithoutDuty(work)) startUnitDuty(work, kind, unit, today);
    });
  }
}

// The day of the next telling is the expression of index `deadline_to_tell`.
export const tellOn = `case told when 'NOTHING' then warn_on when 'APPROACHING' then due_on else due_on + 1 end`;
export const toTell = `
  select id from deadline where ended_at is null and told <> 'MISSED' and ${tellOn} <= $1 and kind = any ($3)
  order by ${tellOn}, id limit $2 for update skip locked`;
