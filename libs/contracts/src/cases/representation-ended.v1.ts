import type { FromSchema } from 'json-schema-to-ts';
import { date, id } from '../properties';

export const representationEndedV1 = {
  $id: 'cases.representation.ended.v1',
  title: 'Somebody may apply for a person no longer',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  required: ['personId', 'representativeId', 'role', 'endedOn'],
  properties: {
    personId: id,
    representativeId: id,
    role: { type: 'string', enum: ['STATUTORY_REPRESENTATIVE', 'ACTUAL_CARER'], 'x-data-class': 'code' },
    /** Last day on which it held. */
    endedOn: date,
  },
  examples: [
    {
      personId: '0197a000-0000-7000-8000-000000000003',
      representativeId: '0197a000-0000-7000-8000-000000000013',
      role: 'ACTUAL_CARER',
      endedOn: '2026-03-02',
    },
  ],
} as const;
export type RepresentationEndedV1 = FromSchema<typeof representationEndedV1>;
