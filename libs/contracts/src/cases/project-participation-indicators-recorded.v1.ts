import type { FromSchema } from 'json-schema-to-ts';
import { id } from '../properties';

export const projectParticipationIndicatorsRecordedV1 = {
  $id: 'cases.project-participation.indicators-recorded.v1',
  title: 'The indicators of a participant have been recorded or corrected, of which nothing is told',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  required: ['projectId', 'personId', 'moment'],
  properties: {
    projectId: id,
    personId: id,
    moment: { type: 'string', enum: ['ENTRY', 'EXIT', 'FOUR_WEEKS_AFTER'], 'x-data-class': 'code' },
  },
  examples: [
    {
      projectId: '0197a000-0000-7000-8000-000000000071',
      personId: '0197a000-0000-7000-8000-000000000003',
      moment: 'EXIT',
    },
  ],
} as const;
export type ProjectParticipationIndicatorsRecordedV1 = FromSchema<typeof projectParticipationIndicatorsRecordedV1>;
