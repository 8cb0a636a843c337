import { Injectable } from '@nestjs/common';
import { Clock } from '@okienko/messaging/clock';
import { UnitOfWork } from '@okienko/messaging/unit-of-work';
import { type Alert, alertAfter } from './alert';

export interface Alerted {
  readonly subscriptionId: string;
  readonly partnerId: string;
  readonly alertEmail: string | null;
  /** Null: the sink is there again. */
  readonly alert: Alert | null;
}

/** What is wrong with the subscription `s` for so long that people should know; null when nothing is. */
const alertOf = `case when s.gave_up_at is not null then 'GIVEN_UP' when s.broken_since <= $1 then 'BROKEN' end`;

@Injectable()
export class AlertCommands {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** What has changed; of several replicas one is told. */
  take(): Promise<Alerted[]> {
    return this.work.run(({ query }) =>
      query<Alerted>(
        `update subscription s set alerted = ${alertOf} where s.ended_at is null and s.alerted is distinct from ${alertOf}
         returning s.id as "subscriptionId", s.partner_id as "partnerId", s.alert_email as "alertEmail", s.alerted as alert`,
        [this.longAgo()],
      ),
    );
  }

  /** It was not told after all, and comes up again. */
  giveBack({ subscriptionId }: Alerted): Promise<void> {
    return this.work.run(({ send }) => send('update subscription set alerted = null where id = $1', [subscriptionId]));
  }

  count(): Promise<{ alert: Alert; count: number }[]> {
    return this.work.run(({ query }) =>
      query(
        `select alert, count(*)::int as count from (select ${alertOf} as alert from subscription s where s.ended_at is null) a
         where alert is not null group by alert`,
        [this.longAgo()],
      ),
    );
  }

  private longAgo(): Date {
    return new Date(this.clock.now().getTime() - alertAfter);
  }
}
