import { Injectable } from '@nestjs/common';
import { Background } from '@okienko/chassis/background';
import { type Day, dayOf } from '@okienko/contracts/calendar';
import { Clock } from '@okienko/messaging/clock';
import { DeadlineCommands } from './deadlines.commands';

/**
 * Tells when deadlines approach, are reached and are missed. What has been told is in the rows themselves, so a week of downtime only makes
 * it late, and of several replicas each tells what the others do not.
 */
@Injectable()
export class DeadlineCalendar extends Background {
  protected readonly name = 'deadline-calendar';
  private dutiesStartedOn: Day | undefined;

  constructor(
    private readonly deadlines: DeadlineCommands,
    private readonly clock: Clock,
  ) {
    super();
  }

  protected async keep(): Promise<boolean> {
    const today = dayOf(this.clock.now());
    if (today !== this.dutiesStartedOn) await this.deadlines.startUnitDuties();
    this.dutiesStartedOn = today;
    return this.deadlines.tell();
  }
}
