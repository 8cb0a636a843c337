import type { FromSchema } from 'json-schema-to-ts';
import { code, count, id } from '../properties';

export const excessPermitGivenV1 = {
  $id: 'providers.excess-permit.given.v1',
  title: 'The centre permits more than was ordered',
  'x-audience': 'partner',
  type: 'object',
  additionalProperties: false,
  required: ['orderId', 'allocationId', 'providerId', 'quantity', 'unit', 'reasonCode'],
  properties: {
    orderId: id,
    allocationId: id,
    providerId: id,
    quantity: count,
    unit: {
      type: 'string',
      enum: ['HOUR', 'RIDE', 'DAY', 'PLACE', 'VISIT', 'ITEM', 'FLAT_SUM'],
      'x-data-class': 'code',
    },
    /** More than was ordered where it is not said. */
    covers: {
      type: 'array',
      minItems: 1,
      maxItems: 2,
      items: { type: 'string', enum: ['QUANTITY', 'QUOTA'], 'x-data-class': 'code' },
    },
    reasonCode: code,
  },
  examples: [
    {
      orderId: '0197a000-0000-7000-8000-000000000009',
      allocationId: '0197a000-0000-7000-8000-000000000008',
      providerId: '0197a000-0000-7000-8000-000000000010',
      quantity: 4,
      unit: 'HOUR',
      covers: ['QUANTITY'],
      reasonCode: 'EMERGENCY',
    },
  ],
} as const;
export type ExcessPermitGivenV1 = FromSchema<typeof excessPermitGivenV1>;
