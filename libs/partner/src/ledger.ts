export interface Range {
  readonly from: number;
  readonly to: number;
}

/** What to keep, best in one transaction with what the event changed on your side. */
export interface LedgerState {
  /** Everything up to here has come. */
  readonly upTo: number;
  /** What came beyond it, ascending. */
  readonly beyond: readonly number[];
}

/** Knows which numbers of a subscription have come: what comes again is known, and what is missing can be named. */
export class Ledger {
  private last: number;
  private readonly ahead: Set<number>;

  constructor({ upTo, beyond }: LedgerState = { upTo: 0, beyond: [] }) {
    this.last = upTo;
    this.ahead = new Set(beyond);
  }

  /** False if the number has come before: its event is done with. */
  take(sequence: number): boolean {
    if (!Number.isSafeInteger(sequence) || sequence < 1) throw new RangeError(`${sequence} is no number of an event.`);
    if (sequence <= this.last || this.ahead.has(sequence)) return false;
    this.ahead.add(sequence);
    while (this.ahead.delete(this.last + 1)) this.last += 1;
    return true;
  }

  /** Where to go on reading, and what to acknowledge. */
  get upTo(): number {
    return this.last;
  }

  /** Numbers between those that came. They may be on their way still: webhooks about different subjects overtake each other. */
  missing(): Range[] {
    const gaps: Range[] = [];
    let before = this.last;
    for (const sequence of this.state().beyond) {
      if (sequence > before + 1) gaps.push({ from: before + 1, to: sequence - 1 });
      before = sequence;
    }
    return gaps;
  }

  state(): LedgerState {
    return { upTo: this.last, beyond: [...this.ahead].sort((a, b) => a - b) };
  }
}
