import type { FromSchema } from 'json-schema-to-ts';
import { id, instant } from '../properties';

export const surveyAnswerTokenIssuedV1 = {
  $id: 'providers.survey.answer-token-issued.v1',
  title: 'Whoever holds this token may answer the survey once, without an account',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  required: ['providerId', 'offerId', 'tokenId', 'expiresAt'],
  properties: {
    providerId: id,
    offerId: id,
    tokenId: id,
    expiresAt: instant,
  },
  examples: [
    {
      providerId: '0197a000-0000-7000-8000-000000000010',
      offerId: '0197a000-0000-7000-8000-000000000002',
      tokenId: '0197a000-0000-7000-8000-000000000022',
      expiresAt: '2026-04-01T22:00:00.000Z',
    },
  ],
} as const;
export type SurveyAnswerTokenIssuedV1 = FromSchema<typeof surveyAnswerTokenIssuedV1>;
