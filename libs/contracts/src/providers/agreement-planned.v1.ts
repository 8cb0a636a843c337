import type { FromSchema } from 'json-schema-to-ts';
import { count, date, grosze, id } from '../properties';

export const agreementPlannedV1 = {
  $id: 'providers.agreement.planned.v1',
  title: 'An agreement with a provider is prepared (art. 7(2))',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  required: ['providerId', 'selectionMode', 'from', 'to', 'services'],
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
    from: date,
    to: date,
    services: {
      type: 'array',
      minItems: 1,
      maxItems: 50,
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['offerId', 'unit'],
        properties: {
          offerId: id,
          unit: {
            type: 'string',
            enum: ['HOUR', 'RIDE', 'DAY', 'PLACE', 'VISIT', 'ITEM', 'FLAT_SUM'],
            'x-data-class': 'code',
          },
          ceilingQuantity: count,
        },
      },
    },
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
