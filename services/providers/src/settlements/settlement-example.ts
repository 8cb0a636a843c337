import type { AgreementTerms } from './agreement-terms';
import type { DueDelivery } from './delivery-lines';

export const hours = '0197a000-0000-7000-8000-000000000002';
export const rides = '0197a000-0000-7000-8000-000000000003';

/** An agreement for a year on two services, the price of hours raised in the middle of March. */
export const exampleTerms = (changes: Partial<AgreementTerms> = {}): AgreementTerms => ({
  agreementId: '0197a000-0000-7000-8000-000000000020',
  providerId: '0197a000-0000-7000-8000-000000000010',
  from: '2026-01-01',
  to: '2026-12-31',
  ceilingGrosze: null,
  noShowPermille: 333,
  services: [
    { offerId: hours, unit: 'HOUR' },
    { offerId: rides, unit: 'RIDE' },
  ],
  prices: [
    { offerId: hours, unit: 'HOUR', grosze: 4500, from: '2026-01-01', to: '2026-03-15' },
    { offerId: hours, unit: 'HOUR', grosze: 4700, from: '2026-03-16', to: null },
    { offerId: rides, unit: 'RIDE', grosze: 2050, from: '2026-01-01', to: '2026-12-31' },
  ],
  funding: [
    {
      from: '2026-01-01',
      shares: [
        { source: 'EU', permille: 843 },
        { source: 'OWN', permille: 157 },
      ],
    },
  ],
  ...changes,
});

export const exampleDelivery = (changes: Partial<DueDelivery> = {}): DueDelivery => ({
  id: '0197a000-0000-7000-8000-0000000000d1',
  offerId: hours,
  day: '2026-03-02',
  quantity: 2,
  unit: 'HOUR',
  outcome: 'DELIVERED',
  accepted: true,
  held: null,
  ...changes,
});
