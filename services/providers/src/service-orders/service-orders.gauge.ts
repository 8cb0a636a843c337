import { Injectable } from '@nestjs/common';
import { dayOf } from '@okienko/contracts/calendar';
import { Clock } from '@okienko/messaging/clock';
import { askedGauges } from '@okienko/messaging/gauges';
import { Registry } from 'prom-client';
import { DataSource } from 'typeorm';

@Injectable()
export class ServiceOrderGauges {
  constructor(dataSource: DataSource, clock: Clock, registry: Registry) {
    askedGauges(
      registry,
      {
        providers_orders_unanswered: { help: 'Orders that no provider has accepted or declined yet' },
        providers_orders_answer_late: { help: 'Those of them whose day to answer has passed' },
      },
      async () => {
        const [row] = await dataSource.query<[{ waiting: number; late: number }]>(unanswered, [dayOf(clock.now())]);
        return {
          providers_orders_unanswered: [{ value: row.waiting }],
          providers_orders_answer_late: [{ value: row.late }],
        };
      },
    );
  }
}

const unanswered = `select count(*)::int as waiting, count(*) filter (where answer_by < $1)::int as late
  from service_order where state = 'RECEIVED'`;
