import type { FromSchema } from 'json-schema-to-ts';
import { actor, code, id } from '../properties';

export const applicationCoordinatorAssignedV1 = {
  $id: 'cases.application.coordinator-assigned.v1',
  title: 'An application has got a coordinator, or another one',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  required: ['personId', 'coordinator', 'reasonCode'],
  properties: {
    personId: id,
    coordinator: actor,
    reasonCode: code,
  },
  examples: [{ personId: '0197a000-0000-7000-8000-000000000003', coordinator: 'kipus-ewa', reasonCode: 'LEAVE' }],
} as const;
export type ApplicationCoordinatorAssignedV1 = FromSchema<typeof applicationCoordinatorAssignedV1>;
