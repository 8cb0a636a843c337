import { type Day, dayOf } from '@okienko/contracts/calendar';
import { Clock } from '@okienko/messaging/clock';
import { Injectable } from '@nestjs/common';
import { Background } from '@okienko/chassis/background';
import { SurveyCommands } from './surveys.commands';

/** Ends surveys that nobody answers and opens those of services that go on for long, once a day and replica. */
@Injectable()
export class SurveyCalendar extends Background {
  protected readonly name = 'survey-calendar';
  private done: Day | undefined;

  constructor(
    private readonly surveys: SurveyCommands,
    private readonly clock: Clock,
  ) {
    super();
  }

  protected async keep(): Promise<boolean> {
    const today = dayOf(this.clock.now());
    if (this.done === today) return false;
    const isMore = [await this.surveys.expire(), await this.surveys.openPeriodic()].includes(true);
    if (!isMore) this.done = today;
    return isMore;
  }
}
