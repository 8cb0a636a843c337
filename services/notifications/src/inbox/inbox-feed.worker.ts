import { Injectable } from '@nestjs/common';
import type { Principal } from '@okienko/chassis/access';
import { Background } from '@okienko/chassis/background';
import { frameOf, heartbeat, silence } from '@okienko/chassis/event-stream';
import { UnitOfWork } from '@okienko/messaging/unit-of-work';
import { Follower } from './follower';
import { InboxQueries, mostNotices } from './inbox.queries';

/**
 * Tells those who follow their inbox of every change, whichever replica made it: each replica reads for itself what has become visible.
 * A commit of its own is read at once, that of another replica after half a second at most.
 */
@Injectable()
export class InboxFeed extends Background {
  protected readonly name = 'inbox-feed';
  protected override readonly lookEvery = 500;
  private readonly followers = new Set<Follower>();
  private position = '';

  constructor(
    private readonly queries: InboxQueries,
    work: UnitOfWork,
  ) {
    super();
    work.onCommitted((stored) => {
      if (stored.some(({ aggregateType }) => aggregateType === 'notice')) this.wake();
    });
  }

  override async onApplicationBootstrap(): Promise<void> {
    this.position = await this.queries.position();
    super.onApplicationBootstrap();
  }

  /** Frames until the signal. A client that comes back names the last position it knows, and misses nothing. */
  follow(caller: Principal, since: string | undefined, end: AbortSignal): AsyncGenerator<string, void> {
    const follower = new Follower(caller, mostNotices);
    this.followers.add(follower);
    end.addEventListener('abort', () => this.followers.delete(follower));
    return this.frames(caller, since, follower, end);
  }

  protected async keep(): Promise<boolean> {
    const { position, changes } = await this.queries.changesSince(this.position);
    this.position = position;
    for (const follower of this.followers) for (const change of changes) follower.hear(change);
    return false;
  }

  private async *frames(
    caller: Principal,
    since: string | undefined,
    follower: Follower,
    end: AbortSignal,
  ): AsyncGenerator<string, void> {
    const { position, ...standing } = await this.queries.news(caller, since);
    yield frameOf(position, 'inbox', JSON.stringify(standing));
    while (!end.aborted) {
      const notices = await follower.next(heartbeat, end);
      // Of before the counts: what changes meanwhile is told again rather than missed by a client that comes back.
      const { position } = this;
      if (notices.length === 0) yield silence;
      else yield frameOf(position, 'inbox', JSON.stringify({ ...(await this.queries.counts(caller)), notices }));
    }
  }
}
