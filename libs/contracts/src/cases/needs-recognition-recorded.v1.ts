import type { FromSchema } from 'json-schema-to-ts';
import { id, instant } from '../properties';

export const needsRecognitionRecordedV1 = {
  $id: 'cases.needs-recognition.recorded.v1',
  title: 'The four sections of the recognition have been recorded (art. 37(2))',
  'x-audience': 'partner',
  type: 'object',
  additionalProperties: false,
  required: ['applicationId', 'personId', 'recordedAt'],
  properties: {
    applicationId: id,
    personId: id,
    recordedAt: instant,
  },
  examples: [
    {
      applicationId: '0197a000-0000-7000-8000-000000000006',
      personId: '0197a000-0000-7000-8000-000000000003',
      recordedAt: '2026-03-02T08:15:00.000Z',
    },
  ],
} as const;
export type NeedsRecognitionRecordedV1 = FromSchema<typeof needsRecognitionRecordedV1>;
