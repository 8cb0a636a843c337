import type { FromSchema } from 'json-schema-to-ts';
import { id, instant } from '../properties';

export const needsRecognitionScheduledV1 = {
  $id: 'cases.needs-recognition.scheduled.v1',
  title: 'A talk to recognise needs has been arranged (art. 37)',
  'x-audience': 'partner',
  type: 'object',
  additionalProperties: false,
  required: ['applicationId', 'personId', 'scheduledFor', 'place'],
  properties: {
    applicationId: id,
    personId: id,
    scheduledFor: instant,
    place: { type: 'string', enum: ['CENTRE', 'PLACE_OF_STAY'], 'x-data-class': 'code' },
  },
  examples: [
    {
      applicationId: '0197a000-0000-7000-8000-000000000006',
      personId: '0197a000-0000-7000-8000-000000000003',
      scheduledFor: '2026-03-02T08:15:00.000Z',
      place: 'CENTRE',
    },
  ],
} as const;
export type NeedsRecognitionScheduledV1 = FromSchema<typeof needsRecognitionScheduledV1>;
