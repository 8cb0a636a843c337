import type { Day } from '@okienko/contracts/calendar';
import type { Work } from '@okienko/messaging/unit-of-work';
import { Agreement } from './agreement';

/** A month is settled: no amendment counts in it any more. Under the agreement's lock, so none is under way. */
export async function closeMonth(work: Work, agreementId: string, lastDay: Day): Promise<void> {
  await work.load(Agreement, agreementId);
  work.send('update agreement set settled_until = greatest(settled_until, $2) where id = $1', [agreementId, lastDay]);
}

/** Everything under the agreement is accounted for. */
export async function settleAgreement(
  work: Work,
  agreementId: string,
  today: Day,
  expectedVersion?: number,
): Promise<Agreement> {
  const agreement = await work.load(Agreement, agreementId, expectedVersion);
  await work.save(agreement, agreement.settle(today));
  return agreement;
}
