import { addDays, type Day, dayOf } from '@okienko/contracts/calendar';
import { Clock } from '@okienko/messaging/clock';
import { UnitOfWork, type Work } from '@okienko/messaging/unit-of-work';
import { Injectable } from '@nestjs/common';
import { agreementTermsOn } from '../terms/agreement-terms';
import { Agreement } from './agreement';
import { forecastsOf, uncoveredOn, warnedOf } from './outlook';

/** Agreements a transaction. Each holds up the acceptances under it for as long. */
const batch = 10;

@Injectable()
export class AgreementCalendarCommands {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** Looks at the next agreements that nobody has looked at today, or that were drawn on since; answers whether there may be more. */
  watch(): Promise<boolean> {
    return this.work.run(async (work) => {
      const today = dayOf(this.clock.now());
      const due = await work.query<{ id: string }>(toWatch, [today, batch]);
      for (const { id } of due) await this.lookAt(work, id, today);
      return due.length === batch;
    });
  }

  private async lookAt(work: Work, id: string, today: Day): Promise<void> {
    const agreement = await work.load(Agreement, id);
    const moved = agreement.advance(today);
    const outlook = {
      forecasts: warnedOf(await forecastsOf(work.query, agreement, today, agreementTermsOn(today))),
      uncovered: await uncoveredOn(work.query, id, addDays(agreement.to, 1)),
    };
    const [first, ...more] = [...moved, ...agreement.warn(today, outlook)];
    if (first) await work.save(agreement, first, ...more);
    work.send('update agreement set watched_on = $2 where id = $1', [id, today]);
  }
}

// Index `agreement_watched`. Replicas pass over what another one looks at.
const toWatch = `
  select id from agreement where state in ('SIGNED', 'ACTIVE', 'SUSPENDED', 'ENDED') and watched_on is distinct from $1
  order by watched_on nulls first, id limit $2 for update skip locked`;
