import type { FromSchema } from 'json-schema-to-ts';
import { count, date, id } from '../properties';

export const planAgreedV1 = {
  $id: 'cases.plan.agreed.v1',
  title: 'The plan has been agreed with the person (art. 39, 40)',
  'x-audience': 'partner',
  type: 'object',
  additionalProperties: false,
  required: ['personId', 'from', 'to', 'manner', 'items'],
  properties: {
    personId: id,
    /** Which version is being drafted; an update of a plan in force is 2 or more. */
    planVersion: count,
    from: date,
    to: date,
    manner: { type: 'string', enum: ['SIGNATURE', 'ORAL_NOTE', 'ELECTRONIC'], 'x-data-class': 'code' },
    items: {
      type: 'array',
      maxItems: 200,
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['itemId', 'offerId'],
        properties: { itemId: id, offerId: id },
      },
    },
  },
  examples: [
    {
      personId: '0197a000-0000-7000-8000-000000000003',
      from: '2026-03-02',
      to: '2026-03-02',
      manner: 'SIGNATURE',
      items: [{ itemId: '0197a000-0000-7000-8000-000000000005', offerId: '0197a000-0000-7000-8000-000000000002' }],
    },
  ],
} as const;
export type PlanAgreedV1 = FromSchema<typeof planAgreedV1>;
