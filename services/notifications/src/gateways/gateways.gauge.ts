import { Injectable } from '@nestjs/common';
import { Clock } from '@okienko/messaging/clock';
import { Gauge, Registry } from 'prom-client';
import { gatewayStates } from './gateway';
import { GatewayQueries } from './gateways.queries';

/** Asked of the table with each scrape. Every replica tells the same: take the maximum, not the sum. */
@Injectable()
export class GatewayGauges {
  constructor(gateways: GatewayQueries, clock: Clock, registry: Registry) {
    const oldest = new Gauge({
      name: 'notifications_oldest_due_seconds',
      help: 'How long the message that has waited longest is due, by channel; the same on every replica',
      labelNames: ['channel'],
      registers: [registry],
    });
    new Gauge({
      name: 'notifications_gateway_state',
      help: '1 for the state that the gateway of a channel is in; the same on every replica',
      labelNames: ['channel', 'state'],
      registers: [registry],
      async collect() {
        // Without the database there is no figure, and the other metrics are still told.
        const all = await gateways.list().catch(() => []);
        this.reset();
        oldest.reset();
        for (const { channel, state, oldestDueAt } of all) {
          for (const one of gatewayStates) this.set({ channel, state: one }, one === state ? 1 : 0);
          const since = oldestDueAt?.getTime() ?? clock.now().getTime();
          oldest.set({ channel }, (clock.now().getTime() - since) / 1000);
        }
      },
    });
  }
}
