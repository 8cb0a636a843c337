import { Injectable } from '@nestjs/common';
import { type Day, dayOf } from '@okienko/contracts/calendar';
import type { DomainEvent } from '@okienko/contracts/event';
import { Clock } from '@okienko/messaging/clock';
import { UnitOfWork } from '@okienko/messaging/unit-of-work';
import { DataSource } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { deliveredOf, takeUnsettled } from './delivered-units';
import { Fee } from './fee';
import { keepDeadlines } from './fee-deadlines';
import { overdue, unitsCredited, unitsSettled } from './fee-events';

/** As many a turn: the rest waits for the next. */
const most = 200;

/** What the calendar does to fees. It is found in the rows themselves, so a downtime only makes it late, and once done it is not found again. */
@Injectable()
export class FeeCalendarCommands {
  constructor(
    private readonly dataSource: DataSource,
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** Fees of which a day of payment has passed. */
  async late(): Promise<string[]> {
    const rows = await this.dataSource.query<{ id: string }[]>(
      'select id from fee where due_on < $1 order by due_on, id limit $2',
      [this.today, most],
    );
    return rows.map(({ id }) => id);
  }

  /** Services of which something was delivered in a month that is over. */
  async unsettled(): Promise<string[]> {
    const rows = await this.dataSource.query<{ itemId: string }[]>(
      'select item_id as "itemId" from unsettled_item where since < $1 order by since, item_id limit $2',
      [this.thisMonth, most],
    );
    return rows.map(({ itemId }) => itemId);
  }

  fallOverdue(id: string): Promise<void> {
    return this.work.run(async (work) => {
      const fee = await work.load(Fee, id);
      const [first, ...more] = fee.fallOverdue(this.today).map((charge) => overdue(fee, charge));
      if (first) await work.save(fee, first, ...more);
    });
  }

  settleUnits(itemId: string): Promise<void> {
    return this.work.run(async (work) => {
      await takeUnsettled(work, itemId, this.thisMonth);
      const [found] = await work.query<{ id: string }>('select id from fee where item_id = $1', [itemId]);
      if (!found) return;
      const fee = await work.load(Fee, found.id);
      if (!fee.isPerUnit) return;
      const before = fee.charges;
      const moment = { today: this.today, delivered: await deliveredOf(work, itemId), newId: uuidv7 };
      const charged = fee.settleUnits(moment).map((charge): DomainEvent => unitsSettled(fee, charge));
      const [first, ...more] = [...charged, ...unitsCredited(fee, before)];
      if (!first) return;
      await work.save(fee, first, ...more);
      keepDeadlines(work, fee, before);
    });
  }

  private get today(): Day {
    return dayOf(this.clock.now());
  }

  private get thisMonth(): Day {
    return `${this.today.slice(0, 7)}-01`;
  }
}
