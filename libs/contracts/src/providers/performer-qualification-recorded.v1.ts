import type { FromSchema } from 'json-schema-to-ts';
import { code, date, id } from '../properties';

export const performerQualificationRecordedV1 = {
  $id: 'providers.performer.qualification-recorded.v1',
  title: 'A performer has shown a qualification (art. 2(3))',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  required: ['providerId', 'code', 'from'],
  properties: {
    providerId: id,
    code,
    from: date,
    to: date,
  },
  examples: [
    {
      providerId: '0197a000-0000-7000-8000-000000000010',
      code: 'FIRST_AID',
      from: '2026-03-02',
      to: '2028-03-01',
    },
  ],
} as const;
export type PerformerQualificationRecordedV1 = FromSchema<typeof performerQualificationRecordedV1>;
