import { Injectable } from '@nestjs/common';
import { Background } from '@okienko/chassis/background';
import { ComplaintCommands } from './complaints.commands';

/** Tells once a term of each complaint that is not answered in time, and erases what erased persons have complained of. */
@Injectable()
export class ComplaintCalendar extends Background {
  protected readonly name = 'complaint-calendar';

  constructor(private readonly complaints: ComplaintCommands) {
    super();
  }

  protected async keep(): Promise<boolean> {
    await this.complaints.eraseClosed();
    return this.complaints.tellOverdue();
  }
}
