import { Injectable } from '@nestjs/common';
import { dayOf } from '@okienko/contracts/calendar';
import { Clock } from '@okienko/messaging/clock';
import { askedGauges } from '@okienko/messaging/gauges';
import { Registry } from 'prom-client';
import { DataSource } from 'typeorm';
import { tellOn } from './deadlines.commands';

interface Count {
  readonly kind: string;
  readonly count: number;
}

@Injectable()
export class DeadlineGauges {
  constructor(dataSource: DataSource, clock: Clock, registry: Registry) {
    const byKind = (rows: readonly Count[]) => rows.map(({ kind, count }) => ({ labels: { kind }, value: count }));
    askedGauges(
      registry,
      {
        okienko_deadlines_overdue: {
          help: 'Terms that have been missed and still wait, by kind',
          labels: ['kind'],
        },
        okienko_deadlines_approaching: {
          help: 'Terms that are near or fall today, by kind',
          labels: ['kind'],
        },
        okienko_deadlines_untold: { help: 'Terms of which something should have been told before today, and was not' },
      },
      async () => {
        const missed = await dataSource.query<Count[]>(overdue);
        const near = await dataSource.query<Count[]>(approaching);
        const [untold] = await dataSource.query<[{ count: number }]>(late, [dayOf(clock.now())]);
        return {
          okienko_deadlines_overdue: byKind(missed),
          okienko_deadlines_approaching: byKind(near),
          okienko_deadlines_untold: [{ value: untold.count }],
        };
      },
    );
  }
}

const overdue = `select kind, count(*)::int as count from deadline where ended_at is null and told = 'MISSED' group by kind`;
const approaching = `select kind, count(*)::int as count from deadline
  where ended_at is null and told <> 'MISSED' and told <> 'NOTHING' group by kind`;
const late = `select count(*)::int as count from deadline where ended_at is null and told <> 'MISSED' and ${tellOn} < $1`;
