import { Injectable } from '@nestjs/common';
import { Clock } from '@okienko/messaging/clock';
import { DataSource } from 'typeorm';
import { stateOf } from './gateway';
import type { GatewayView } from './gateways.dto';

const everyGateway = `
  select g.channel, g.failures, g.broken_since as "brokenSince", g.rests_until as "restsUntil",
    coalesce(w.due, 0)::int as due, w.oldest as "oldestDueAt"
  from gateway g left join (
    select channel, count(*) as due, min(next_attempt_at) as oldest from message
    where state = 'QUEUED' and next_attempt_at <= $1 group by channel
  ) w using (channel) order by g.channel`;

@Injectable()
export class GatewayQueries {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
  ) {}

  async list(): Promise<GatewayView[]> {
    const now = this.clock.now();
    const rows = await this.dataSource.query<Omit<GatewayView, 'state'>[]>(everyGateway, [now]);
    return rows.map((row) => ({ ...row, state: stateOf(row, now) }));
  }
}
