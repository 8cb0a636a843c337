import type { Principal } from '@okienko/chassis/access';
import type { CloudEvent } from '@okienko/contracts/event';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { SettlementReplay } from './settlement-replay';
import type { RecomputationView } from './settlements.dto';
import { SettlementQueries } from './settlements.queries';
import type { Totals } from './totals';

const atOnce = 2_000;

// What the outbox and its archive have kept of one provider, in the order of publishing. Its id stands in each of these events.
const history = `
  select seq::text as seq, event from outbox_history
  where seq > $1 and aggregate_type in ('agreement', 'service-order', 'delivery', 'settlement') and strpos(event, $2) > 0
  order by seq limit ${atOnce}`;

@Injectable()
export class SettlementReplayQueries {
  constructor(
    private readonly dataSource: DataSource,
    private readonly settlements: SettlementQueries,
  ) {}

  async recompute(id: string, caller: Principal): Promise<RecomputationView> {
    const { digest, providerId } = await this.settlements.get(id, caller);
    const replay = new SettlementReplay();
    let totals: Totals | undefined;
    for await (const event of this.eventsOf(providerId)) {
      const computed = await replay.apply(event);
      if (event.subject === id) totals = computed ?? totals;
    }
    return {
      digest,
      recomputedDigest: totals?.digest ?? '',
      recomputedGrosze: totals?.grosze ?? 0,
      recomputedLines: totals?.lines ?? 0,
      equal: totals?.digest === digest,
    };
  }

  private async *eventsOf(providerId: string): AsyncGenerator<CloudEvent> {
    for (let after = '0'; ;) {
      const rows = await this.dataSource.query<{ seq: string; event: string }[]>(history, [after, providerId]);
      const last = rows.at(-1);
      if (!last) return;
      for (const { event } of rows) yield JSON.parse(event) as CloudEvent;
      after = last.seq;
    }
  }
}
