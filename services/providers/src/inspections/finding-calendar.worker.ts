import { Injectable } from '@nestjs/common';
import { Background } from '@okienko/chassis/background';
import { FindingCommands } from './findings.commands';

/** Tells once of each finding that its provider has not remedied in time. */
@Injectable()
export class FindingCalendar extends Background {
  protected readonly name = 'finding-calendar';

  constructor(private readonly findings: FindingCommands) {
    super();
  }

  protected keep(): Promise<boolean> {
    return this.findings.tellOverdue();
  }
}
