import type { FromSchema } from 'json-schema-to-ts';
import { code, id } from '../properties';

export const surveyAnsweredV1 = {
  $id: 'providers.survey.answered.v1',
  title: 'A survey was answered; what was said stands nowhere but in figures',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  required: ['providerId', 'offerId', 'channel'],
  properties: {
    providerId: id,
    offerId: id,
    /** PHONE, DESK, PAPER or TOKEN. */
    channel: code,
  },
  examples: [
    {
      providerId: '0197a000-0000-7000-8000-000000000010',
      offerId: '0197a000-0000-7000-8000-000000000002',
      channel: 'PHONE',
    },
  ],
} as const;
export type SurveyAnsweredV1 = FromSchema<typeof surveyAnsweredV1>;
