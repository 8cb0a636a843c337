import type { Day } from '@okienko/contracts/calendar';
import type { Work } from '@okienko/messaging/unit-of-work';

export interface Performance {
  readonly performerId: string;
  readonly providerId: string;
  readonly offerId: string;
  readonly on: Day;
  readonly allocationId?: string;
}

/** May that performer of the provider perform the service on that day? */
export async function assertMayPerform(_work: Pick<Work, 'query'>, _performance: Performance): Promise<void> {}
