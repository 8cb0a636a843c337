import type { FromSchema } from 'json-schema-to-ts';
import { date, id } from '../properties';

export const complaintPositionGivenV1 = {
  $id: 'providers.complaint.position-given.v1',
  title: 'A provider has said what it says to a complaint',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  required: ['providerId', 'givenOn'],
  properties: {
    providerId: id,
    givenOn: date,
  },
  examples: [{ providerId: '0197a000-0000-7000-8000-000000000010', givenOn: '2026-03-02' }],
} as const;
export type ComplaintPositionGivenV1 = FromSchema<typeof complaintPositionGivenV1>;
