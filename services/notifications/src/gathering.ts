interface Waiting<Item> {
  readonly item: Item;
  readonly done: () => void;
  readonly failed: (error: unknown) => void;
}

/** Acts on all that has come while it acted last, so that a slow commit makes the next one larger and nobody's wait longer. */
export class Gathering<Item> {
  private waiting: Waiting<Item>[] = [];
  private isBusy = false;

  constructor(
    private readonly act: (items: readonly Item[]) => Promise<unknown>,
    private readonly most = 64,
  ) {}

  add(item: Item): Promise<void> {
    return new Promise((done, failed) => {
      this.waiting.push({ item, done, failed });
      if (!this.isBusy) void this.drain();
    });
  }

  private async drain(): Promise<void> {
    this.isBusy = true;
    while (this.waiting.length > 0) await this.settle(this.waiting.splice(0, this.most));
    this.isBusy = false;
  }

  /** Together, and if that fails one by one: a bad one costs only itself. */
  private async settle(batch: readonly Waiting<Item>[]): Promise<void> {
    try {
      await this.act(batch.map(({ item }) => item));
      for (const { done } of batch) done();
    } catch (error) {
      if (batch.length > 1) for (const one of batch) await this.settle([one]);
      else batch[0]?.failed(error);
    }
  }
}
