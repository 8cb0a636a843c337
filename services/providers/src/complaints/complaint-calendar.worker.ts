import { Injectable } from '@nestjs/common';
import { Background } from '@okienko/chassis/background';
import { ComplaintCommands } from './complaints.commands';

/** Tells once a term of each complaint that is not answered in time. */
@Injectable()
export class ComplaintCalendar extends Background {
  protected readonly name = 'complaint-calendar';

  constructor(private readonly complaints: ComplaintCommands) {
    super();
  }

  protected keep(): Promise<boolean> {
    return this.complaints.tellOverdue();
  }
}
