import { setTimeout as pause } from 'node:timers/promises';

/** So many at a time, and so often one after the other, are a stream, and not what a slow disk has kept back for a moment. */
const many = 8;
const often = 3;

/**
 * While much comes, waits for more of it to gather: fewer and larger batches cost less for each event. Who comes alone waits for nobody,
 * and neither does a batch that is full as it is.
 */
export class Linger {
  private last = 0;
  private streak = 0;
  private at = 0;

  constructor(
    private readonly milliseconds: number,
    private readonly full: number,
  ) {}

  async gather(atHand: number): Promise<void> {
    const flows = this.streak >= often && this.last < this.full && performance.now() - this.at < 4 * this.milliseconds;
    if (flows && atHand < this.full / 2) await pause(this.milliseconds);
  }

  /** After a batch. */
  note(size: number): void {
    this.last = size;
    this.streak = size >= many ? this.streak + 1 : 0;
    this.at = performance.now();
  }
}
