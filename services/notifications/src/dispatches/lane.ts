const second = 1000;

/** So many posts at a time go to one sink, whatever the number of replicas: a slow one keeps nobody else waiting. */
export const laneWidth = 16;
/** What is read ahead for a lane, and what may be answered and not yet recorded. */
export const bite = 64;
/** What was read ahead and lay longer is read anew: a grant may be gone by then, or the sink another. */
export const freshness = second;

/** How long the lanes of a replica that was killed wait for another. */
export const laneLease = 5 * second;

/** What a replica has in hand of one subscription, whose lane it holds. */
export class Lane<Item extends { readonly sequence: number }> {
  private waiting: Item[] = [];
  private readAt = 0;
  /** From reading to recording: what must not be read once more. */
  private readonly taken = new Set<number>();
  private posting = 0;

  private readonly width: number;
  private readonly bite: number;

  /** Batches go one after another: each is made of what has come meanwhile. */
  constructor(
    readonly subscriptionId: string,
    readonly isBatched: boolean,
  ) {
    [this.width, this.bite] = isBatched ? [1, 1] : [laneWidth, bite];
  }

  /** How many more may be read. */
  get room(): number {
    const unrecorded = this.taken.size - this.waiting.length;
    return this.waiting.length >= this.width || unrecorded >= this.bite ? 0 : this.bite - this.waiting.length;
  }

  get inHand(): readonly number[] {
    return [...this.taken];
  }

  get isEmpty(): boolean {
    return this.taken.size === 0;
  }

  put(items: readonly Item[], readAt: number): void {
    for (const item of items) this.taken.add(item.sequence);
    // Those that were there before are as old as they were: what is left of them goes first, or is read anew together.
    if (this.waiting.length === 0) this.readAt = readAt;
    this.waiting.push(...items);
  }

  /** The next to be posted, if one may go. */
  next(now: number): Item | undefined {
    if (this.posting >= this.width) return undefined;
    if (now - this.readAt > freshness) this.forget();
    const item = this.waiting.shift();
    if (item) this.posting += 1;
    return item;
  }

  /** The sink is down: what follows is for the breaker to say. */
  forget(): void {
    for (const { sequence } of this.waiting.splice(0)) this.taken.delete(sequence);
  }

  answered(): void {
    this.posting -= 1;
  }

  recorded({ sequence }: Item): void {
    this.taken.delete(sequence);
  }
}
