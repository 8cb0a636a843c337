import type { FromSchema } from 'json-schema-to-ts';
import { grosze, id } from '../properties';

export const feeWaivedV1 = {
  $id: 'cases.fee.waived.v1',
  title: 'The director has waived a fee after a resignation (art. 44(2))',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  required: ['applicationId', 'itemId', 'personId', 'grosze'],
  properties: {
    applicationId: id,
    itemId: id,
    personId: id,
    grosze,
  },
  examples: [
    {
      applicationId: '0197a000-0000-7000-8000-000000000006',
      itemId: '0197a000-0000-7000-8000-000000000005',
      personId: '0197a000-0000-7000-8000-000000000003',
      grosze: 3000,
    },
  ],
} as const;
export type FeeWaivedV1 = FromSchema<typeof feeWaivedV1>;
