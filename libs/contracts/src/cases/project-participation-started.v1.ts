import type { FromSchema } from 'json-schema-to-ts';
import { date, id } from '../properties';

export const projectParticipationStartedV1 = {
  $id: 'cases.project-participation.started.v1',
  title: 'A person has declared to take part in an EU project',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  required: ['projectId', 'personId', 'declaredOn'],
  properties: {
    projectId: id,
    personId: id,
    /** Left out where nothing was applied for. */
    applicationId: id,
    declaredOn: date,
  },
  examples: [
    {
      projectId: '0197a000-0000-7000-8000-000000000071',
      personId: '0197a000-0000-7000-8000-000000000003',
      declaredOn: '2026-03-02',
    },
  ],
} as const;
export type ProjectParticipationStartedV1 = FromSchema<typeof projectParticipationStartedV1>;
