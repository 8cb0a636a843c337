import type { Principal } from '@okienko/chassis/access';
import { inboxesOf } from './addressee';
import type { InboxChange } from './inbox.queries';

/** Somebody who looks at their inbox all the time. What they are slow to take is kept as ids, each once, and no more of them than notices. */
export class Follower {
  private readonly inboxes: ReadonlySet<string>;
  private readonly changed = new Set<string>();
  private rouse: (() => void) | undefined;

  constructor(
    private readonly caller: Principal,
    private readonly most: number,
  ) {
    this.inboxes = new Set(inboxesOf(caller));
  }

  hear({ noticeId, inbox, escalatedTo, sub }: InboxChange): void {
    const isMine = sub === this.caller.sub || this.inboxes.has(inbox ?? '') || this.inboxes.has(escalatedTo ?? '');
    if (!isMine || this.changed.size >= this.most) return;
    this.changed.add(noticeId);
    this.rouse?.();
  }

  /** Ids of what has changed, as soon as something has; none when the patience, in milliseconds, or everything is over. */
  async next(patience: number, end: AbortSignal): Promise<readonly string[]> {
    if (this.changed.size === 0 && !end.aborted) await this.wait(patience, end);
    const ids = [...this.changed];
    this.changed.clear();
    return ids;
  }

  private wait(patience: number, end: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        end.removeEventListener('abort', done);
        this.rouse = undefined;
        resolve();
      };
      const timer = setTimeout(done, patience);
      end.addEventListener('abort', done);
      this.rouse = done;
    });
  }
}
