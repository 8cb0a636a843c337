import { Injectable } from '@nestjs/common';
import { askedGauges } from '@okienko/messaging/gauges';
import { Registry } from 'prom-client';
import { alerts } from './alert';
import { AlertCommands } from './alerts.commands';

@Injectable()
export class AlertGauge {
  constructor(commands: AlertCommands, registry: Registry) {
    askedGauges(
      registry,
      {
        notifications_subscriptions_broken: {
          help: 'Subscriptions whose sink has been down for an hour (BROKEN) or to which nothing is posted any more (GIVEN_UP)',
          labels: ['alert'],
        },
      },
      async () => {
        const found = await commands.count();
        return {
          notifications_subscriptions_broken: alerts.map((alert) => ({
            labels: { alert },
            value: found.find((one) => one.alert === alert)?.count ?? 0,
          })),
        };
      },
    );
  }
}
