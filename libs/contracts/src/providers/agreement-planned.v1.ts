import type { FromSchema } from 'json-schema-to-ts';
import { date, grosze, id } from '../properties';
import { agreedServices, selectionMode } from './agreed';

export const agreementPlannedV1 = {
  $id: 'providers.agreement.planned.v1',
  title: 'An agreement with a provider is prepared (art. 7(2))',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  required: ['providerId', 'selectionMode', 'from', 'to', 'services'],
  properties: {
    providerId: id,
    selectionMode,
    from: date,
    to: date,
    services: agreedServices,
    ceilingGrosze: grosze,
  },
  examples: [
    {
      providerId: '0197a000-0000-7000-8000-000000000010',
      selectionMode: 'NGO_OPEN_COMPETITION',
      from: '2026-03-02',
      to: '2026-12-31',
      services: [{ offerId: '0197a000-0000-7000-8000-000000000002', unit: 'HOUR', ceilingQuantity: 1200 }],
      ceilingGrosze: 6000000,
    },
  ],
} as const;
export type AgreementPlannedV1 = FromSchema<typeof agreementPlannedV1>;
