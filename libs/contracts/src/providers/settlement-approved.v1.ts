import type { FromSchema } from 'json-schema-to-ts';
import { code, id } from '../properties';
import { digest, exampleDigest, exampleMonth, settledMonth, signed } from './settled-month';

export const settlementApprovedV1 = {
  $id: 'providers.settlement.approved.v1',
  title: 'A settlement has been approved by somebody else than who checked it',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  required: ['agreementId', 'providerId', 'month', 'grosze', 'offers', 'funding', 'digest'],
  properties: {
    ...settledMonth,
    grosze: signed,
    /** They add up to the whole. */
    offers: {
      type: 'array',
      maxItems: 1000,
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['offerId', 'unit', 'quantity', 'grosze'],
        properties: {
          offerId: id,
          unit: code,
          /** Delivered units, less those taken back; may be negative. */
          quantity: signed,
          grosze: signed,
        },
      },
    },
    /** Who bears it: they add up to the whole as well. UNSPECIFIED where the agreement names no source. */
    funding: {
      type: 'array',
      maxItems: 100,
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['source', 'grosze'],
        properties: { source: code, grosze: signed },
      },
    },
    digest,
  },
  examples: [
    {
      ...exampleMonth,
      grosze: 54000,
      offers: [{ offerId: '0197a000-0000-7000-8000-000000000002', unit: 'HOUR', quantity: 12, grosze: 54000 }],
      funding: [
        { source: 'EU', grosze: 45511 },
        { source: 'OWN', grosze: 8489 },
      ],
      digest: exampleDigest,
    },
  ],
} as const;
export type SettlementApprovedV1 = FromSchema<typeof settlementApprovedV1>;
