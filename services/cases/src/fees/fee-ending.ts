import type { Day } from '@okienko/contracts/calendar';
import type { Work } from '@okienko/messaging/unit-of-work';
import { v7 as uuidv7 } from 'uuid';
import { deliveredOf } from './delivered-units';
import { Fee } from './fee';
import { keepDeadlines } from './fee-deadlines';
import { revised } from './fee-events';

/** Services that ended by withdrawal, resignation, death, departure or an update of the plan: until that day they stay due (art. 44(1)). Fees are locked last of all. */
export async function endFeesOfItems(work: Work, itemIds: readonly string[], lastDay: Day, today: Day): Promise<void> {
  const running = 'select id from fee where item_id = any ($1::uuid[]) and period_to > $2 order by id';
  await endFees(work, await work.query(running, [itemIds, lastDay]), lastDay, today);
}

/** In the order of their ids. Says which of them that has ended. */
export async function endFees(
  work: Work,
  fees: readonly { readonly id: string }[],
  lastDay: Day,
  today: Day,
): Promise<string[]> {
  const ended: string[] = [];
  for (const { id } of fees) {
    const fee = await work.load(Fee, id);
    const before = fee.charges;
    const moment = { today, delivered: await deliveredOf(work, fee.itemId), newId: uuidv7 };
    if (!fee.cease(lastDay, moment)) continue;
    await work.save(fee, revised(fee, lastDay, before));
    keepDeadlines(work, fee, before);
    ended.push(id);
  }
  return ended;
}
