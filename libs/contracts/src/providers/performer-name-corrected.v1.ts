import type { FromSchema } from 'json-schema-to-ts';
import { id } from '../properties';

export const performerNameCorrectedV1 = {
  $id: 'providers.performer.name-corrected.v1',
  title: 'The name of a performer has been corrected',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  required: ['providerId'],
  properties: {
    providerId: id,
  },
  examples: [{ providerId: '0197a000-0000-7000-8000-000000000010' }],
} as const;
export type PerformerNameCorrectedV1 = FromSchema<typeof performerNameCorrectedV1>;
