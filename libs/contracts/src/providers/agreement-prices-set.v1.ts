import type { FromSchema } from 'json-schema-to-ts';
import { code, count, date, grosze, id } from '../properties';

export const agreementPricesSetV1 = {
  $id: 'providers.agreement.prices-set.v1',
  title: 'What units of services cost under an agreement, and who pays; the whole list, as it stands from now on',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  required: ['providerId', 'prices', 'noShowPermille', 'funding'],
  properties: {
    providerId: id,
    prices: {
      type: 'array',
      maxItems: 1000,
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['offerId', 'unit', 'priceGrosze', 'from'],
        properties: {
          offerId: id,
          unit: {
            type: 'string',
            enum: ['HOUR', 'RIDE', 'DAY', 'PLACE', 'VISIT', 'ITEM', 'FLAT_SUM'],
            'x-data-class': 'code',
          },
          priceGrosze: grosze,
          from: date,
          /** Its last day; without it, the last one of the agreement. */
          to: date,
        },
      },
    },
    /** What is paid of the price when the person was not there. */
    noShowPermille: count,
    funding: {
      type: 'array',
      maxItems: 100,
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['from', 'shares'],
        properties: {
          from: date,
          shares: {
            type: 'array',
            maxItems: 20,
            items: {
              type: 'object',
              additionalProperties: false,
              required: ['source', 'permille'],
              properties: { source: code, permille: count },
            },
          },
        },
      },
    },
  },
  examples: [
    {
      providerId: '0197a000-0000-7000-8000-000000000010',
      prices: [
        {
          offerId: '0197a000-0000-7000-8000-000000000002',
          unit: 'HOUR',
          priceGrosze: 4500,
          from: '2026-03-02',
          to: '2026-12-31',
        },
      ],
      noShowPermille: 500,
      funding: [
        {
          from: '2026-03-02',
          shares: [
            { source: 'EU', permille: 843 },
            { source: 'GMINA', permille: 157 },
          ],
        },
      ],
    },
  ],
} as const;
export type AgreementPricesSetV1 = FromSchema<typeof agreementPricesSetV1>;
