import { setTimeout as pause } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { Background } from '@okienko/chassis/background';
import { DataSource } from 'typeorm';
import { lastNumberOf } from '../subscriptions/subscription';

interface Waiting {
  readonly id: string;
  readonly after: number;
  readonly tell: AbortController;
}

/**
 * Tells those who wait for the next number of a subscription, whichever replica gives it: one look for all of them, four times a second,
 * so that what comes fast is read in pages.
 */
@Injectable()
export class FeedNews extends Background {
  protected readonly name = 'feed-news';
  protected override readonly lookEvery = 250;
  private readonly waiting = new Set<Waiting>();
  private readonly ending = new AbortController();

  constructor(private readonly dataSource: DataSource) {
    super();
  }

  override async beforeApplicationShutdown(): Promise<void> {
    this.ending.abort();
    await super.beforeApplicationShutdown();
  }

  /** True once there is a number beyond, or the subscription has ended; false when the patience, in milliseconds, or everything is over. */
  async beyond(id: string, after: number, patience: number, end?: AbortSignal): Promise<boolean> {
    const one: Waiting = { id, after, tell: new AbortController() };
    this.waiting.add(one);
    const signal = AbortSignal.any([one.tell.signal, this.ending.signal, ...(end ? [end] : [])]);
    await pause(patience, undefined, { signal }).catch(() => undefined);
    this.waiting.delete(one);
    return one.tell.signal.aborted;
  }

  protected async keep(): Promise<boolean> {
    if (this.waiting.size === 0) return false;
    const rows = await this.dataSource.query<{ id: string; last: number }[]>(
      `select id, case when ended_at is null then ${lastNumberOf('s')} else 2147483647 end as last from subscription s where id = any($1)`,
      [[...new Set([...this.waiting].map(({ id }) => id))]],
    );
    const lastOf = new Map(rows.map(({ id, last }) => [id, last]));
    for (const { id, after, tell } of this.waiting) if ((lastOf.get(id) ?? 0) > after) tell.abort();
    return false;
  }
}
