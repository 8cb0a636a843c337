import type { FromSchema } from 'json-schema-to-ts';
import { code, date, id } from '../properties';

export const applicationDelayRecordedV1 = {
  $id: 'cases.application.delay-recorded.v1',
  title: 'A delay because of the applicant has been recorded (KPA art. 35 § 5)',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  required: ['personId', 'from', 'to', 'causeCode'],
  properties: {
    personId: id,
    from: date,
    to: date,
    causeCode: code,
  },
  examples: [
    { personId: '0197a000-0000-7000-8000-000000000003', from: '2026-03-05', to: '2026-03-10', causeCode: 'NO_CONTACT' },
  ],
} as const;
export type ApplicationDelayRecordedV1 = FromSchema<typeof applicationDelayRecordedV1>;
