import type { FromSchema } from 'json-schema-to-ts';
import { date, id } from '../properties';

export const agreementProcurementStartedV1 = {
  $id: 'providers.agreement.procurement-started.v1',
  title: 'The way of the law to an agreement has begun',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  required: ['providerId', 'selectionMode'],
  properties: {
    providerId: id,
    selectionMode: {
      type: 'string',
      enum: [
        'OWN_UNIT',
        'GMINA_OFFICE',
        'GMINA_UNIT',
        'NGO_OPEN_COMPETITION',
        'NGO_SMALL_GRANT',
        'PROCUREMENT',
        'MEDICAL_ENTITY',
      ],
      'x-data-class': 'code',
    },
    announcedOn: date,
    offersUntil: date,
  },
  examples: [
    {
      providerId: '0197a000-0000-7000-8000-000000000010',
      selectionMode: 'NGO_OPEN_COMPETITION',
      announcedOn: '2026-01-05',
      offersUntil: '2026-01-26',
    },
  ],
} as const;
export type AgreementProcurementStartedV1 = FromSchema<typeof agreementProcurementStartedV1>;
