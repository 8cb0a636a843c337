import { Injectable } from '@nestjs/common';
import { Background } from '@okienko/chassis/background';
import { HandJobCalendarCommands } from './hand-job-calendar.commands';
import { PrintRunCommands } from './print-runs.commands';

/** Gives back what nobody finished, ends what is pointless or was not collected, and tells what counts as received. Of several replicas the first does it. */
@Injectable()
export class HandJobCalendar extends Background {
  protected readonly name = 'hand-job-calendar';

  constructor(
    private readonly jobs: HandJobCalendarCommands,
    private readonly runs: PrintRunCommands,
  ) {
    super();
  }

  protected async keep(): Promise<boolean> {
    await this.each(await this.jobs.unconfirmed(), (id) => this.runs.lapse(id));
    await this.each(await this.jobs.unfinished(), (id) => this.jobs.giveBack(id));
    await this.each(await this.jobs.pointless(), (id) => this.jobs.cancel(id));
    await this.each(await this.jobs.uncollected(), (id) => this.jobs.expire(id));
    await this.each(await this.jobs.fictitious(), (id) => this.jobs.deem(id));
    return false;
  }
}
