import type { Day } from '@okienko/contracts/calendar';
import { type DataOf, type DomainEvent, event, type EventContract } from '@okienko/contracts/event';
import { agreementActivatedV1 } from '@okienko/contracts/providers/agreement-activated.v1';
import { agreementAmendedV1 } from '@okienko/contracts/providers/agreement-amended.v1';
import { agreementCancelledV1 } from '@okienko/contracts/providers/agreement-cancelled.v1';
import { agreementCeilingNearV1 } from '@okienko/contracts/providers/agreement-ceiling-near.v1';
import { agreementCeilingReachedV1 } from '@okienko/contracts/providers/agreement-ceiling-reached.v1';
import { agreementEndedV1 } from '@okienko/contracts/providers/agreement-ended.v1';
import { agreementEndingSoonV1 } from '@okienko/contracts/providers/agreement-ending-soon.v1';
import { agreementGapAheadV1 } from '@okienko/contracts/providers/agreement-gap-ahead.v1';
import { agreementPlannedV1 } from '@okienko/contracts/providers/agreement-planned.v1';
import { agreementPricesSetV1 } from '@okienko/contracts/providers/agreement-prices-set.v1';
import { agreementProcurementStartedV1 } from '@okienko/contracts/providers/agreement-procurement-started.v1';
import { agreementReportDueV1 } from '@okienko/contracts/providers/agreement-report-due.v1';
import { agreementReportReceivedV1 } from '@okienko/contracts/providers/agreement-report-received.v1';
import { agreementResumedV1 } from '@okienko/contracts/providers/agreement-resumed.v1';
import { agreementSettledV1 } from '@okienko/contracts/providers/agreement-settled.v1';
import { agreementSignedV1 } from '@okienko/contracts/providers/agreement-signed.v1';
import { agreementSuspendedV1 } from '@okienko/contracts/providers/agreement-suspended.v1';
import type { Agreement } from './agreement';
import type { AmendmentNote } from './amendment';
import type { Forecast } from './forecast';
import type { AgreementService, Parts } from './prices';

/** What happens to an agreement. Its subject and number stay in its row. */
function told<C extends EventContract>(
  contract: C,
  { id, providerId, gmina }: Agreement,
  data: Omit<DataOf<C>, 'providerId'>,
): DomainEvent<C> {
  return event(contract, id, { providerId, ...data } as unknown as DataOf<C>, gmina ?? undefined);
}

const given = <Name extends string, Value>(name: Name, value: Value | null): { [key in Name]?: Value } =>
  (value === null ? {} : { [name]: value }) as { [key in Name]?: Value };

const listed = (services: readonly AgreementService[]) =>
  services.map(({ offerId, unit, ceilingQuantity }) => ({
    offerId,
    unit,
    ...given('ceilingQuantity', ceilingQuantity),
  }));

const scope = ({ selectionMode, from, to, ceilingGrosze }: Agreement, services: readonly AgreementService[]) => ({
  selectionMode,
  from,
  to,
  services: listed(services),
  ...given('ceilingGrosze', ceilingGrosze),
});

export const planned = (agreement: Agreement, services: readonly AgreementService[]): DomainEvent =>
  told(agreementPlannedV1, agreement, scope(agreement, services));

export function procurementStarted(agreement: Agreement): DomainEvent {
  const { selectionMode, selection } = agreement;
  const { announcedOn = null, offersUntil = null } = selection;
  const dates = { ...given('announcedOn', announcedOn), ...given('offersUntil', offersUntil) };
  return told(agreementProcurementStartedV1, agreement, { selectionMode, ...dates });
}

export const signed = (agreement: Agreement, { services }: Parts): DomainEvent =>
  told(agreementSignedV1, agreement, { ...scope(agreement, services), signedOn: agreement.signedOn ?? agreement.from });

/** All that the amount of a settlement follows from. */
export function pricesSet(agreement: Agreement, { prices }: Parts): DomainEvent {
  const { noShowPermille, funding } = agreement;
  return told(agreementPricesSetV1, agreement, {
    prices: prices.map(({ offerId, unit, priceGrosze, from, to }) => ({
      offerId,
      unit,
      priceGrosze,
      from,
      ...given('to', to),
    })),
    noShowPermille,
    funding: funding.map(({ from, shares }) => ({ from, shares: [...shares] })),
  });
}

export const activated = (agreement: Agreement): DomainEvent =>
  told(agreementActivatedV1, agreement, { from: agreement.from, to: agreement.to });

const codeOf = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();

export function amended(agreement: Agreement, { from, changes }: AmendmentNote, { services }: Parts): DomainEvent {
  const { to, ceilingGrosze } = agreement;
  const changed = Object.keys(changes).map(codeOf);
  const whole = given('services', changes.services ? listed(services) : null);
  return told(agreementAmendedV1, agreement, { from, to, changed, ...whole, ...given('ceilingGrosze', ceilingGrosze) });
}

export const suspended = (agreement: Agreement, from: Day, reasonCode: string): DomainEvent =>
  told(agreementSuspendedV1, agreement, { from, reasonCode });
export const resumed = (agreement: Agreement, resumedOn: Day): DomainEvent =>
  told(agreementResumedV1, agreement, { resumedOn });
export const ended = (agreement: Agreement, reasonCode: string): DomainEvent =>
  told(agreementEndedV1, agreement, { endedOn: agreement.to, reasonCode });
export const cancelled = (agreement: Agreement, reasonCode: string): DomainEvent =>
  told(agreementCancelledV1, agreement, { reasonCode });
export const settled = (agreement: Agreement, settledOn: Day): DomainEvent =>
  told(agreementSettledV1, agreement, { settledOn });
export const reportReceived = (agreement: Agreement, dueOn: Day, receivedOn: Day): DomainEvent =>
  told(agreementReportReceivedV1, agreement, { dueOn, receivedOn });
export const reportDue = (agreement: Agreement, dueOn: Day): DomainEvent =>
  told(agreementReportDueV1, agreement, { dueOn });
export const endingSoon = (agreement: Agreement): DomainEvent =>
  told(agreementEndingSoonV1, agreement, { endsOn: agreement.to });
export const gapAhead = (agreement: Agreement, offerId: string, from: Day): DomainEvent =>
  told(agreementGapAheadV1, agreement, { offerId, from });

export const ceilingNear = (agreement: Agreement, forecast: Forecast): DomainEvent =>
  told(agreementCeilingNearV1, agreement, { ...drawn(forecast), ...given('runsOutOn', forecast.runsOutOn) });
export const ceilingReached = (agreement: Agreement, forecast: Forecast): DomainEvent =>
  told(agreementCeilingReachedV1, agreement, drawn(forecast));

/** Without an offer it is the ceiling of the whole agreement, in grosze. */
const drawn = ({ offerId, unit, ceiling, ordered, delivered }: Forecast) => ({
  ...given('offerId', offerId),
  unit,
  ceiling: ceiling ?? 0,
  ordered,
  delivered,
});
