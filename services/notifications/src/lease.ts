/** How long the work of a replica that was killed waits for another, in milliseconds. */
export const leaseTime = 10_000;

/**
 * Renews the leases of what this replica is at, as long as it is at it. So a lease can be short, and an attempt may still take
 * its time; only a replica that stood still for longer than a lease can come second.
 */
export class Leases<Item> {
  private readonly held = new Set<Item>();
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly renew: (items: readonly Item[]) => Promise<unknown>) {}

  async during<Result>(item: Item, work: () => Promise<Result>): Promise<Result> {
    this.held.add(item);
    // A renewal that fails is not repeated at once: the next comes well before the lease ends.
    this.timer ??= setInterval(() => void this.renew([...this.held]).catch(() => undefined), leaseTime / 4);
    try {
      return await work();
    } finally {
      this.held.delete(item);
      if (this.held.size === 0) {
        clearInterval(this.timer);
        this.timer = undefined;
      }
    }
  }
}
