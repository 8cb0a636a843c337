import type { AllocationReferredV1 } from '@okienko/contracts/cases/allocation-referred.v1';
import type { Day } from '@okienko/contracts/calendar';
import type { Work } from '@okienko/messaging/unit-of-work';

/** The agreement in force that covers an order. */
export interface Cover {
  readonly agreementId: string;
  readonly answerDays: number | null;
  readonly unit: AllocationReferredV1['unit'];
}

export async function coverOf(
  _: Work,
  __: { providerId: string; offerId: string; from: Day; to: Day },
): Promise<Cover | undefined> {
  return undefined;
}
