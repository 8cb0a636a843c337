import { Injectable } from '@nestjs/common';
import { Background } from '@okienko/chassis/background';
import { FeeCalendarCommands } from './fee-calendar.commands';

/** Charges what was delivered once its month is over, and tells what was not paid in time. Of several replicas the first does it. */
@Injectable()
export class FeeCalendar extends Background {
  protected readonly name = 'fee-calendar';

  constructor(private readonly fees: FeeCalendarCommands) {
    super();
  }

  protected async keep(): Promise<boolean> {
    await this.each(await this.fees.unsettled(), (itemId) => this.fees.settleUnits(itemId));
    await this.each(await this.fees.late(), (feeId) => this.fees.fallOverdue(feeId));
    return false;
  }
}
