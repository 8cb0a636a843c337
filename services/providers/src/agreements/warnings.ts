import { addDays, type Day } from '@okienko/contracts/calendar';
import type { DomainEvent } from '@okienko/contracts/event';
import { agreementTermsOn } from '../terms/agreement-terms';
import type { Agreement } from './agreement';
import * as facts from './agreement-events';
import type { Forecast } from './forecast';

/** What is ahead of an agreement. */
export interface Outlook {
  /** Its services that no agreement covers on the day after its last one. */
  readonly uncovered: readonly string[];
  readonly forecasts: readonly Forecast[];
}

/** Its name says what it warns of, so that the same is said once, and anew when an amendment has made it another. */
interface Warning {
  readonly name: string;
  readonly told: DomainEvent;
}

/** Everything to be warned of on a day. */
export function warningsOf(agreement: Agreement, today: Day, { uncovered, forecasts }: Outlook): Warning[] {
  const reports = reportWarnings(agreement, today);
  if (!['SIGNED', 'ACTIVE', 'SUSPENDED'].includes(agreement.state)) return reports;
  const ceilings = forecasts.flatMap((forecast) => ceilingWarnings(agreement, today, forecast));
  if (today < addDays(agreement.to, -agreementTermsOn(today).warnDays)) return [...reports, ...ceilings];
  const gapFrom = addDays(agreement.to, 1);
  return [
    ...reports,
    ...ceilings,
    { name: `ENDING_SOON ${agreement.to}`, told: facts.endingSoon(agreement) },
    ...uncovered.map((offerId) => ({
      name: `GAP_AHEAD ${offerId} ${gapFrom}`,
      told: facts.gapAhead(agreement, offerId, gapFrom),
    })),
  ];
}

function ceilingWarnings(agreement: Agreement, today: Day, forecast: Forecast): Warning[] {
  const { offerId, ceiling, usedPermille, outcome, runsOutOn } = forecast;
  const about = `${offerId ?? 'MONEY'} ${ceiling}`;
  if (outcome === 'EXHAUSTED')
    return [{ name: `CEILING_REACHED ${about}`, told: facts.ceilingReached(agreement, forecast) }];
  const { nearPermille, warnDays } = agreementTermsOn(today);
  const isNear = (usedPermille ?? 0) >= nearPermille || (runsOutOn !== null && runsOutOn <= addDays(today, warnDays));
  return isNear ? [{ name: `CEILING_NEAR ${about}`, told: facts.ceilingNear(agreement, forecast) }] : [];
}

function reportWarnings(agreement: Agreement, today: Day): Warning[] {
  const { reportWarnDays } = agreementTermsOn(today);
  return agreement.reports
    .filter(({ dueOn, receivedOn }) => receivedOn === null && addDays(dueOn, -reportWarnDays) <= today)
    .map(({ dueOn }) => ({ name: `REPORT_DUE ${dueOn}`, told: facts.reportDue(agreement, dueOn) }));
}
