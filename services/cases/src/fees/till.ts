import type { Day } from '@okienko/contracts/calendar';
import type { DomainEvent } from '@okienko/contracts/event';
import type { Work } from '@okienko/messaging/unit-of-work';
import type { Touched } from '../access/personal-data';
import type { Charge } from './charges';
import { Fee, type Payment, type PaymentResult } from './fee';
import { keepDeadlines } from './fee-deadlines';
import { paid } from './fee-events';

interface Open {
  readonly fee: Fee;
  readonly before: readonly Charge[];
  readonly events: DomainEvent[];
}

/** The fees that one statement pays, each stored once with all that came in for it. */
export class Till {
  private constructor(
    private readonly work: Work,
    private readonly fees: ReadonlyMap<string, Open>,
  ) {}

  /** Locked in the order of their ids, so that nobody waits in a circle. */
  static async open(work: Work, feeIds: readonly string[]): Promise<Till> {
    const fees = new Map<string, Open>();
    for (const id of [...feeIds].sort()) {
      const fee = await work.load(Fee, id);
      fees.set(id, { fee, before: fee.charges, events: [] });
    }
    return new Till(work, fees);
  }

  take(feeId: string, payment: Payment): PaymentResult {
    const { fee, events } = this.fees.get(feeId) as Open;
    const result = fee.pay(payment);
    events.push(paid(fee, payment, result));
    return result;
  }

  async close(today: Day): Promise<void> {
    for (const { fee, before, events } of this.paidFor) {
      const [first, ...more] = events;
      if (!first) continue;
      await this.work.save(fee, first, ...more);
      keepDeadlines(this.work, fee, before, today);
    }
  }

  get touched(): Touched[] {
    return this.paidFor.map(({ fee }) => touchedOf(fee));
  }

  private get paidFor(): Open[] {
    return [...this.fees.values()].filter(({ events }) => events.length > 0);
  }
}

export const touchedOf = ({ personId, applicationId }: Fee): Touched => ({
  personId,
  fieldGroups: ['FEE'],
  caseRef: applicationId,
});
