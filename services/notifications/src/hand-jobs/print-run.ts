import type { Day } from '@okienko/contracts/calendar';
import { DomainError, NotInState } from '@okienko/contracts/domain-error';
import { type DomainEvent, event } from '@okienko/contracts/event';
import { printRunBegunV1 } from '@okienko/contracts/notifications/print-run-begun.v1';
import { printRunConfirmedV1 } from '@okienko/contracts/notifications/print-run-confirmed.v1';
import { printRunLapsedV1 } from '@okienko/contracts/notifications/print-run-lapsed.v1';

export type PrintRunState = 'OPEN' | 'CONFIRMED' | 'LAPSED';

export class NotYourRun extends DomainError {
  readonly kind = 'forbidden';
  readonly code = 'not-your-run';
  constructor() {
    super('Whoever took the letters of a print run prints and confirms them. Take letters of your own.');
  }
}

/** Letters that somebody has taken to print together. */
export class PrintRun {
  private constructor(
    readonly id: string,
    readonly version: number,
    readonly takenBy: string,
    readonly takenAt: Date,
    readonly leaseUntil: Date,
    readonly letters: number,
    private state: PrintRunState,
    private postedOn: Day | null,
  ) {}

  static begin(id: string, takenBy: string, letters: number, now: Date, leaseUntil: Date): PrintRun {
    return new PrintRun(id, 0, takenBy, now, leaseUntil, letters, 'OPEN', null);
  }

  assertOpenFor(reader: string): void {
    if (this.takenBy !== reader) throw new NotYourRun();
    if (this.state !== 'OPEN') throw new NotInState('print run', 'printed or confirmed', this.state);
  }

  confirm(posted: number, postedOn: Day): DomainEvent<typeof printRunConfirmedV1> {
    this.state = 'CONFIRMED';
    this.postedOn = postedOn;
    return event(printRunConfirmedV1, this.id, { letters: this.letters, posted, postedOn: this.postedOn });
  }

  /** Undefined if it was confirmed in time, or has lapsed already. */
  lapse(now: Date): DomainEvent<typeof printRunLapsedV1> | undefined {
    if (this.state !== 'OPEN' || now < this.leaseUntil) return undefined;
    this.state = 'LAPSED';
    return event(printRunLapsedV1, this.id, { letters: this.letters });
  }

  begun(): DomainEvent<typeof printRunBegunV1> {
    return event(printRunBegunV1, this.id, { letters: this.letters, takenBy: this.takenBy });
  }
}
