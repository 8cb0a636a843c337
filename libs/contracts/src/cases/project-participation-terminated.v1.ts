import type { FromSchema } from 'json-schema-to-ts';
import { code, date, id } from '../properties';

export const projectParticipationTerminatedV1 = {
  $id: 'cases.project-participation.terminated.v1',
  title: 'A person takes part in an EU project no longer; their services go on',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  required: ['projectId', 'personId', 'terminatedOn', 'reasonCode'],
  properties: {
    projectId: id,
    personId: id,
    terminatedOn: date,
    reasonCode: code,
  },
  examples: [
    {
      projectId: '0197a000-0000-7000-8000-000000000071',
      personId: '0197a000-0000-7000-8000-000000000003',
      terminatedOn: '2026-09-30',
      reasonCode: 'COMPLETED',
    },
  ],
} as const;
export type ProjectParticipationTerminatedV1 = FromSchema<typeof projectParticipationTerminatedV1>;
