import type { Day } from '@okienko/contracts/calendar';
import type { Work } from '@okienko/messaging/unit-of-work';
import { Agreement } from './agreement';

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
