import type { FromSchema } from 'json-schema-to-ts';
import { code, id } from '../properties';

export const surveyDeclinedV1 = {
  $id: 'providers.survey.declined.v1',
  title: 'The recipient does not want to answer the survey',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  required: ['providerId', 'offerId', 'channel'],
  properties: {
    providerId: id,
    offerId: id,
    channel: code,
  },
  examples: [
    {
      providerId: '0197a000-0000-7000-8000-000000000010',
      offerId: '0197a000-0000-7000-8000-000000000002',
      channel: 'DESK',
    },
  ],
} as const;
export type SurveyDeclinedV1 = FromSchema<typeof surveyDeclinedV1>;
