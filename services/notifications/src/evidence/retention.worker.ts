import { Injectable } from '@nestjs/common';
import { Background } from '@okienko/chassis/background';
import { addMonths, type Day, dayOf } from '@okienko/contracts/calendar';
import { Clock } from '@okienko/messaging/clock';
import { DataSource } from 'typeorm';
import { retentionTermsOn } from './retention-terms';

const atOnce = 500;

const destroyContents = `
  update message set content = null, content_destroyed_at = $1
  where id in (select id from message where content is not null and settled_at < $2
               order by settled_at limit $3 for update skip locked)`;

const forgetHashes = `
  update message set content_hash = null
  where id in (select id from message where content_hash is not null and settled_at < $1
               order by settled_at limit $2 for update skip locked)`;

/** Destroys what was said when its time is over. That a message went, when and how, stays. */
@Injectable()
export class RetentionWorker extends Background {
  protected readonly name = 'message-retention';
  protected override readonly lookEvery = 3_600_000;

  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
  ) {
    super();
  }

  protected async keep(): Promise<boolean> {
    const now = this.clock.now();
    const today = dayOf(now);
    const { contentYears, hashYears } = retentionTermsOn(today);
    const counts = [
      await this.change(destroyContents, [now, yearsBefore(today, contentYears), atOnce]),
      await this.change(forgetHashes, [yearsBefore(today, hashYears), atOnce]),
    ];
    return counts.includes(atOnce);
  }

  private async change(statement: string, values: unknown[]): Promise<number> {
    const [, count] = await this.dataSource.query<[unknown[], number]>(statement, values);
    return count;
  }
}

const yearsBefore = (day: Day, years: number): Day => addMonths(day, -12 * years);
