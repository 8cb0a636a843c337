import { Injectable } from '@nestjs/common';
import { Background } from '@okienko/chassis/background';
import { NoticeSender } from './notices.sender';
import { type DueDigest, SubscriptionDigestCommands } from './subscription-digests.commands';

const atOnce = 50;

/** Makes the day's digests and posts them: proof that everything came, and a sign of life when nothing did. */
@Injectable()
export class SubscriptionDigestWorker extends Background {
  protected readonly name = 'subscription-digests';

  constructor(
    private readonly digests: SubscriptionDigestCommands,
    private readonly sender: NoticeSender,
  ) {
    super();
  }

  protected async keep(): Promise<boolean> {
    const due = await this.digests.due(atOnce);
    await this.each(due, (id) => this.digests.make(id));
    const taken = await this.digests.take(atOnce);
    await Promise.all(taken.map((digest) => this.each([digest.id], () => this.post(digest))));
    return due.length > 0 || taken.length === atOnce;
  }

  private async post(digest: DueDigest): Promise<void> {
    const { id, subscriptionId, madeAt: time, from, to, count, sha256 } = digest;
    const data = { from, to, count, sha256 };
    await this.digests.record(
      digest,
      await this.sender.send(digest, { id, kind: 'digest', subscriptionId, time, data }),
    );
  }
}
