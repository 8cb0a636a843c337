import type { FromSchema } from 'json-schema-to-ts';
import { code, date, id } from '../properties';

export const requiredQualificationLaidDownV1 = {
  $id: 'providers.required-qualification.laid-down.v1',
  title: 'Whoever performs a service needs a qualification (art. 2(3))',
  'x-audience': 'partner',
  type: 'object',
  additionalProperties: false,
  required: ['offerId', 'code', 'from'],
  properties: {
    offerId: id,
    code,
    from: date,
  },
  examples: [{ offerId: '0197a000-0000-7000-8000-000000000002', code: 'CARE_ASSISTANT', from: '2026-03-02' }],
} as const;
export type RequiredQualificationLaidDownV1 = FromSchema<typeof requiredQualificationLaidDownV1>;
