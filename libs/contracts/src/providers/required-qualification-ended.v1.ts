import type { FromSchema } from 'json-schema-to-ts';
import { code, date, id } from '../properties';

export const requiredQualificationEndedV1 = {
  $id: 'providers.required-qualification.ended.v1',
  title: 'A service needs a qualification until this day only',
  'x-audience': 'partner',
  type: 'object',
  additionalProperties: false,
  required: ['offerId', 'code', 'to'],
  properties: {
    offerId: id,
    code,
    to: date,
  },
  examples: [{ offerId: '0197a000-0000-7000-8000-000000000002', code: 'CARE_ASSISTANT', to: '2026-03-02' }],
} as const;
export type RequiredQualificationEndedV1 = FromSchema<typeof requiredQualificationEndedV1>;
