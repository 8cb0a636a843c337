import { Injectable } from '@nestjs/common';
import { Background } from '@okienko/chassis/background';
import { ProgrammeCommands } from './programmes.commands';
import { ProgrammeQueries } from './programmes.queries';

/**
 * Puts programmes into force, ends them on their days, and tells when their closing information is due and overdue. What is due is in the
 * rows themselves, so a week of downtime only makes it late, and of several replicas the first does it.
 */
@Injectable()
export class ProgrammeCalendar extends Background {
  protected readonly name = 'programme-calendar';

  constructor(
    private readonly queries: ProgrammeQueries,
    private readonly programmes: ProgrammeCommands,
  ) {
    super();
  }

  protected async keep(): Promise<boolean> {
    await this.each(await this.queries.due(), (programmeId) => this.programmes.keepCalendar(programmeId));
    return false;
  }
}
