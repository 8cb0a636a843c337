import type { DomainEvent } from '@okienko/contracts/event';
import type { Work } from '@okienko/messaging/unit-of-work';
import type { Touched } from '../access/personal-data';
import type { Charge } from './charges';
import type { StatementLine } from './bank-statement';
import { Fee, type Payment } from './fee';
import { keepDeadlines } from './fee-deadlines';
import { paid } from './fee-events';
import { keyOf, type LineResult } from './payment-lines';

interface Open {
  readonly fee: Fee;
  readonly before: readonly Charge[];
  readonly events: DomainEvent[];
}

/** What became of one line. There is a payment unless it was counted before or went out. */
export interface Taken {
  readonly line: StatementLine;
  readonly result: LineResult | 'DUPLICATE' | 'OUTGOING';
  readonly feeId: string | null;
  readonly payment?: Payment;
}

/** The fees that one statement pays, each stored once with all that came in for it. */
export class Till {
  private constructor(
    private readonly work: Work,
    private readonly meant: ReadonlyMap<StatementLine, string>,
    private readonly fees: ReadonlyMap<string, Open>,
  ) {}

  /** `meant`: which fee each line is for. They are locked in the order of their ids, so that nobody waits in a circle. */
  static async open(work: Work, meant: ReadonlyMap<StatementLine, string>): Promise<Till> {
    const fees = new Map<string, Open>();
    for (const id of [...new Set(meant.values())].sort()) {
      const fee = await work.load(Fee, id);
      fees.set(id, { fee, before: fee.charges, events: [] });
    }
    return new Till(work, meant, fees);
  }

  takeAll(lines: readonly StatementLine[], countedBefore: ReadonlySet<string>, newId: () => string): Taken[] {
    const counted = new Set(countedBefore);
    return lines.map((line) => {
      const key = keyOf(line);
      if (counted.has(key)) return { line, result: 'DUPLICATE', feeId: null };
      counted.add(key);
      if (line.grosze < 0) return { line, result: 'OUTGOING', feeId: null };
      return this.take(line, { id: newId(), bookedOn: line.bookedOn, grosze: line.grosze });
    });
  }

  async close(): Promise<void> {
    for (const { fee, before, events } of this.paidFor) {
      const [first, ...more] = events;
      if (!first) continue;
      await this.work.save(fee, first, ...more);
      keepDeadlines(this.work, fee, before);
    }
  }

  get touched(): Touched[] {
    return this.paidFor.map(({ fee }) => touchedOf(fee));
  }

  private take(line: StatementLine, payment: Payment): Taken {
    const feeId = this.meant.get(line);
    const open = feeId === undefined ? undefined : this.fees.get(feeId);
    if (feeId === undefined || !open) return { line, result: 'UNMATCHED', feeId: null, payment };
    const result = open.fee.pay(payment);
    open.events.push(paid(open.fee, payment, result));
    return { line, result, feeId, payment };
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
