import type { FromSchema } from 'json-schema-to-ts';
import { date, id } from '../properties';

export const surveyExpiredV1 = {
  $id: 'providers.survey.expired.v1',
  title: 'Nobody has answered the survey in time',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  required: ['providerId', 'offerId', 'expiredOn'],
  properties: {
    providerId: id,
    offerId: id,
    expiredOn: date,
  },
  examples: [
    {
      providerId: '0197a000-0000-7000-8000-000000000010',
      offerId: '0197a000-0000-7000-8000-000000000002',
      expiredOn: '2026-04-02',
    },
  ],
} as const;
export type SurveyExpiredV1 = FromSchema<typeof surveyExpiredV1>;
