import type { FromSchema } from 'json-schema-to-ts';
import { code, id } from '../properties';

export const inspectionCancelledV1 = {
  $id: 'providers.inspection.cancelled.v1',
  title: 'A planned inspection does not take place',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  required: ['providerId', 'reasonCode'],
  properties: {
    providerId: id,
    reasonCode: code,
  },
  examples: [{ providerId: '0197a000-0000-7000-8000-000000000010', reasonCode: 'INSPECTOR_ABSENT' }],
} as const;
export type InspectionCancelledV1 = FromSchema<typeof inspectionCancelledV1>;
