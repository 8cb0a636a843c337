import type { Day } from '@okienko/contracts/calendar';
import type { Work } from '@okienko/messaging/unit-of-work';

/** What was delivered of an order draws on its agreement; less than nothing when it is taken back. */
export async function drawDelivery(
  _work: Work,
  _orderId: string,
  _quantity: number,
  _deliveredOn: Day,
): Promise<void> {}
