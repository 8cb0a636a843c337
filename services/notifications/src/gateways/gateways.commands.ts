import { Inject, Injectable } from '@nestjs/common';
import { type Logger, LOGGER } from '@okienko/chassis/create-service';
import { Clock } from '@okienko/messaging/clock';
import { inTransaction } from '@okienko/messaging/transaction';
import { DataSource } from 'typeorm';
import type { ChannelCode, Outcome } from '../channels/channel';
import { after, type Gateway, stateOf } from './gateway';

/** What all replicas know of the gateways. Bookkeeping of sending: it says nothing new about the world. */
@Injectable()
export class GatewayCommands {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  async note(channel: ChannelCode, outcome: Outcome): Promise<void> {
    const now = this.clock.now();
    await inTransaction(this.dataSource, async (transaction) => {
      const [before] = await transaction.query<Gateway>(
        `select failures, broken_since as "brokenSince", rests_until as "restsUntil" from gateway
         where channel = $1 for update`,
        [channel],
      );
      if (!before) return;
      const gateway = after(before, outcome, now);
      if (gateway === before) return;
      const { failures, brokenSince, restsUntil } = gateway;
      transaction.send('update gateway set failures = $2, broken_since = $3, rests_until = $4 where channel = $1', [
        channel,
        failures,
        brokenSince,
        restsUntil,
      ]);
      if ((before.brokenSince === null) === (brokenSince === null)) return;
      this.log.warn({ channel, state: stateOf(gateway, now), failures }, 'gateway.changed');
    });
  }
}
