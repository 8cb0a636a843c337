import { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import type { Principal } from '@okienko/chassis/access';
import { Background } from '@okienko/chassis/background';
import { RequestProblem } from '@okienko/chassis/problem';
import { UnitOfWork } from '@okienko/messaging/unit-of-work';
import { Follower } from './follower';
import { InboxQueries, mostNotices } from './inbox.queries';

/** Milliseconds. Proxies close what is silent for longer. */
const heartbeat = 20_000;
/** Windows that one account has open at a time, in this replica. */
const mostStreams = 10;
/** Milliseconds for the last frame to be taken. */
const farewell = 1_000;

/**
 * Tells those who follow their inbox of every change, whichever replica made it: each replica reads for itself what has become visible.
 * A commit of its own is read at once, that of another replica after half a second at most.
 */
@Injectable()
export class InboxFeed extends Background {
  protected readonly name = 'inbox-feed';
  protected override readonly lookEvery = 500;
  private readonly followers = new Set<Follower>();
  private readonly ending = new AbortController();
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

  override async beforeApplicationShutdown(): Promise<void> {
    this.ending.abort();
    await super.beforeApplicationShutdown();
  }

  /** Server-sent events until one of the signals. A client that comes back names the last position it knows, and misses nothing. */
  follow(caller: Principal, since: string | undefined, ...ends: AbortSignal[]): Readable {
    const windows = [...this.followers].filter(({ sub }) => sub === caller.sub).length;
    if (windows >= mostStreams)
      throw new RequestProblem(429, 'too-many-streams', `Close one of your ${mostStreams} open streams first.`);
    const end = AbortSignal.any([this.ending.signal, ...ends]);
    const follower = new Follower(caller, mostNotices);
    const stream = Readable.from(this.frames(caller, since, follower, end));
    this.followers.add(follower);
    end.addEventListener('abort', () => {
      this.followers.delete(follower);
      // Whoever does not even take the end is cut off.
      setTimeout(() => stream.destroy(), farewell).unref();
    });
    return stream;
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
    yield frameOf(position, standing);
    while (!end.aborted) {
      const notices = await follower.next(heartbeat, end);
      // Of before the counts: what changes meanwhile is told again rather than missed by a client that comes back.
      const { position } = this;
      yield notices.length === 0 ? ':\n\n' : frameOf(position, { ...(await this.queries.counts(caller)), notices });
    }
  }
}

const frameOf = (position: string, news: object): string =>
  `id: ${position}\nevent: inbox\ndata: ${JSON.stringify(news)}\n\n`;
