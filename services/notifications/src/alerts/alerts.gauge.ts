import { Injectable } from '@nestjs/common';
import { Gauge, Registry } from 'prom-client';
import { alerts } from './alert';
import { AlertCommands } from './alerts.commands';

/** Asked of the table with each scrape. Every replica tells the same: take the maximum, not the sum. */
@Injectable()
export class AlertGauge {
  constructor(commands: AlertCommands, registry: Registry) {
    new Gauge({
      name: 'notifications_subscriptions_broken',
      help: 'Subscriptions whose sink has been down for an hour (BROKEN) or to which nothing is posted any more (GIVEN_UP); the same on every replica',
      labelNames: ['alert'],
      registers: [registry],
      async collect() {
        // Without the database there is no figure, and the other metrics are still told.
        const found = await commands.count().catch(() => undefined);
        this.reset();
        if (!found) return;
        for (const alert of alerts) this.set({ alert }, found.find((one) => one.alert === alert)?.count ?? 0);
      },
    });
  }
}
