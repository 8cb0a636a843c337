import { Injectable } from '@nestjs/common';
import type { Principal } from '@okienko/chassis/access';
import { NotFound } from '@okienko/contracts/domain-error';
import { partnerPlace, partnerSubject } from '@okienko/contracts/streams';
import { Clock } from '@okienko/messaging/clock';
import { UnitOfWork } from '@okienko/messaging/unit-of-work';
import { NotificationsConfig } from '../config';
import { SubscriptionQueries } from '../subscriptions/subscriptions.queries';
import type { BeginNatsFeed, NatsFeedView } from './nats-feeds.dto';

@Injectable()
export class NatsFeedCommands {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
    private readonly subscriptions: SubscriptionQueries,
    private readonly config: NotificationsConfig,
  ) {}

  /** One that runs goes on as it is; one that is being ended begins anew. */
  async begin(id: string, { after }: BeginNatsFeed, caller: Principal): Promise<NatsFeedView> {
    const { partnerId, acknowledged } = await this.subscriptions.get(id, caller);
    if (partnerId !== caller.partnerId) throw new NotFound('subscription');
    return this.work.run(async ({ query }) => {
      const [feed] = await query<{ laid: number }>(
        `insert into nats_feed as f (subscription_id, laid, begun_at)
         values ($1, (select least($2::int, last) from subscription_number where subscription_id = $1), $3)
         on conflict (subscription_id) do update set ended_at = null,
           laid = case when f.ended_at is null then f.laid else excluded.laid end,
           granted = case when f.ended_at is null then f.granted end
         returning laid`,
        [id, after ?? acknowledged, this.clock.now()],
      );
      return this.viewOf(id, partnerId, feed?.laid ?? 0);
    });
  }

  async get(id: string, caller: Principal): Promise<NatsFeedView> {
    const { partnerId } = await this.subscriptions.get(id, caller);
    const [feed] = await this.work.dataSource.query<{ laid: number }[]>(
      'select laid from nats_feed where subscription_id = $1 and ended_at is null',
      [id],
    );
    if (!feed) throw new NotFound('NATS feed');
    return this.viewOf(id, partnerId, feed.laid);
  }

  async end(id: string, caller: Principal): Promise<NatsFeedView> {
    const { partnerId } = await this.subscriptions.get(id, caller);
    return this.work.run(async ({ query }) => {
      const [feed] = await query<{ laid: number }>(
        'update nats_feed set ended_at = $2 where subscription_id = $1 and ended_at is null returning laid',
        [id, this.clock.now()],
      );
      if (!feed) throw new NotFound('NATS feed');
      return this.viewOf(id, partnerId, feed.laid);
    });
  }

  private viewOf(id: string, partnerId: string, laid: number): NatsFeedView {
    const { stream, durable } = partnerPlace(this.config.EVENT_NAMESPACE, partnerId);
    return {
      stream,
      consumer: durable,
      subject: partnerSubject(this.config.EVENT_NAMESPACE, partnerId, id),
      laid,
    };
  }
}
