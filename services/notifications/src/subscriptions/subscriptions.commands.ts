import { lookup } from 'node:dns/promises';
import { Injectable } from '@nestjs/common';
import type { Principal } from '@okienko/chassis/access';
import type { Changed } from '@okienko/chassis/http';
import { DomainError, NotFound } from '@okienko/contracts/domain-error';
import { Clock } from '@okienko/messaging/clock';
import { UnitOfWork } from '@okienko/messaging/unit-of-work';
import { v7 as uuidv7 } from 'uuid';
import { NotificationsConfig } from '../config';
import { partnerIdShape } from '../grants/grants.dto';
import { allowedSinks, assertSink } from './sink';
import { Subscription } from './subscription';
import { seesAll, visible } from './subscriptions.queries';

export class NotAPartner extends DomainError {
  readonly kind = 'forbidden';
  readonly code = 'not-a-partner';
  constructor() {
    super('Your token names no partner, so there is nobody to subscribe for.');
  }
}

const addressesOf = async (host: string): Promise<string[]> =>
  (await lookup(host, { all: true })).map(({ address }) => address);

@Injectable()
export class SubscriptionCommands {
  private readonly allowed: ReadonlySet<string>;

  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
    config: NotificationsConfig,
  ) {
    this.allowed = allowedSinks(config.ALLOWED_PRIVATE_SINKS);
  }

  async create(sink: string, types: readonly string[], caller: Principal): Promise<Changed> {
    const { partnerId } = caller;
    if (partnerId === undefined || !partnerIdShape.test(partnerId)) throw new NotAPartner();
    // Before the transaction: no connection to the database waits for somebody's name server.
    await assertSink(sink, this.allowed, addressesOf);
    return this.work.run(async ({ save }) => {
      const subscription = Subscription.create(uuidv7(), partnerId, new URL(sink).href, types, this.clock.now());
      await save(subscription, subscription.created());
      return { id: subscription.id, version: subscription.version };
    });
  }

  end(id: string, caller: Principal): Promise<Changed> {
    return this.work.run(async ({ load, save }) => {
      const subscription = await load(Subscription, id);
      if (!seesAll(caller) && subscription.partnerId !== caller.partnerId) throw new NotFound('subscription');
      subscription.end(this.clock.now());
      await save(subscription, subscription.ended());
      return { id: subscription.id, version: subscription.version };
    });
  }

  /** The sink is there again: what has been kept goes out, in order. */
  resume(id: string, caller: Principal): Promise<Changed> {
    return this.work.run(async ({ query }) => {
      const [resumed] = await query<Changed>(
        `update subscription s set paused_at = null where s.id = $3 and ${visible('$1', '$2')} returning s.id, s.version`,
        [seesAll(caller), caller.partnerId ?? null, id],
      );
      if (!resumed) throw new NotFound('subscription');
      return resumed;
    });
  }
}
