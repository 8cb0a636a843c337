import type { FromSchema } from 'json-schema-to-ts';
import { date, id } from '../properties';

export const representationRecordedV1 = {
  $id: 'cases.representation.recorded.v1',
  title: 'Somebody may apply for a person',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  required: ['personId', 'representativeId', 'role', 'validFrom'],
  properties: {
    personId: id,
    representativeId: id,
    role: { type: 'string', enum: ['STATUTORY_REPRESENTATIVE', 'ACTUAL_CARER'], 'x-data-class': 'code' },
    validFrom: date,
    /** Left out where no end is known. */
    validTo: date,
  },
  examples: [
    {
      personId: '0197a000-0000-7000-8000-000000000003',
      representativeId: '0197a000-0000-7000-8000-000000000013',
      role: 'ACTUAL_CARER',
      validFrom: '2026-03-02',
    },
  ],
} as const;
export type RepresentationRecordedV1 = FromSchema<typeof representationRecordedV1>;
