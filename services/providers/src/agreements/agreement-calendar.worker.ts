import { Injectable } from '@nestjs/common';
import { Background } from '@okienko/chassis/background';
import { AgreementCalendarCommands } from './agreement-calendar.commands';

/**
 * Leads agreements through their days, and warns of ends, gaps and ceilings. When each was looked at is in its row, so a week of downtime
 * only makes it late, and of several replicas each looks at what the others do not.
 */
@Injectable()
export class AgreementCalendar extends Background {
  protected readonly name = 'agreement-calendar';

  constructor(private readonly agreements: AgreementCalendarCommands) {
    super();
  }

  protected keep(): Promise<boolean> {
    return this.agreements.watch();
  }
}
