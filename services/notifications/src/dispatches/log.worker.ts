import { Injectable } from '@nestjs/common';
import { Background } from '@okienko/chassis/background';
import { dayOf } from '@okienko/contracts/calendar';
import { Clock } from '@okienko/messaging/clock';
import { DataSource } from 'typeorm';
import { logTermsOn } from './log-terms';

/** Keeps the log in months: makes those to come, drops those whose time is over. */
@Injectable()
export class DispatchLogWorker extends Background {
  protected readonly name = 'dispatch-log';
  protected override readonly lookEvery = 3_600_000;

  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
  ) {
    super();
  }

  protected async keep(): Promise<boolean> {
    const today = dayOf(this.clock.now());
    await this.dataSource.query('select dispatch_attempts_maintain($1, $2)', [today, logTermsOn(today).days]);
    return false;
  }
}
