import { Injectable } from '@nestjs/common';
import { Clock } from '@okienko/messaging/clock';
import { askedGauges } from '@okienko/messaging/gauges';
import { Registry } from 'prom-client';
import { gatewayStates } from './gateway';
import { GatewayQueries } from './gateways.queries';

@Injectable()
export class GatewayGauges {
  constructor(gateways: GatewayQueries, clock: Clock, registry: Registry) {
    askedGauges(
      registry,
      {
        notifications_oldest_due_seconds: {
          help: 'How long the message that has waited longest is due, by channel',
          labels: ['channel'],
        },
        notifications_gateway_state: {
          help: '1 for the state that the gateway of a channel is in',
          labels: ['channel', 'state'],
        },
      },
      async () => {
        const [all, now] = [await gateways.list(), clock.now().getTime()];
        return {
          notifications_oldest_due_seconds: all.map(({ channel, oldestDueAt }) => ({
            labels: { channel },
            value: (now - (oldestDueAt?.getTime() ?? now)) / 1000,
          })),
          notifications_gateway_state: all.flatMap(({ channel, state }) =>
            gatewayStates.map((one) => ({ labels: { channel, state: one }, value: one === state ? 1 : 0 })),
          ),
        };
      },
    );
  }
}
