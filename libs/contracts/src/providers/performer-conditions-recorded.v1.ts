import type { FromSchema } from 'json-schema-to-ts';
import { code, id } from '../properties';

export const performerConditionsRecordedV1 = {
  $id: 'providers.performer.conditions-recorded.v1',
  title: 'Conditions that a performer has to meet have been recorded as met',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  required: ['providerId', 'conditions'],
  properties: {
    providerId: id,
    /** For whom they are met, where they concern the recipient. */
    allocationId: id,
    conditions: { type: 'array', maxItems: 50, items: code },
  },
  examples: [
    {
      providerId: '0197a000-0000-7000-8000-000000000010',
      allocationId: '0197a000-0000-7000-8000-000000000008',
      conditions: ['LIVES_NEARBY', 'ACCEPTED_BY_RECIPIENT'],
    },
  ],
} as const;
export type PerformerConditionsRecordedV1 = FromSchema<typeof performerConditionsRecordedV1>;
