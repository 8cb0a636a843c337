import { Injectable } from '@nestjs/common';
import { Background } from '@okienko/chassis/background';
import { OrderCorrespondenceCommands } from './order-correspondence.commands';

/** Reminds providers of answers that are due. That an order lapses is for `cases` to say, which owns the term of the referral. */
@Injectable()
export class OrderCalendar extends Background {
  protected readonly name = 'order-calendar';

  constructor(private readonly orders: OrderCorrespondenceCommands) {
    super();
  }

  protected keep(): Promise<boolean> {
    return this.orders.remind();
  }
}
