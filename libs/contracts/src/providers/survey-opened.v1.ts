import type { FromSchema } from 'json-schema-to-ts';
import { code, date, id } from '../properties';

export const surveyOpenedV1 = {
  $id: 'providers.survey.opened.v1',
  title: 'The recipient of a service may say how it went',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  required: ['orderId', 'allocationId', 'providerId', 'offerId', 'cause', 'answerBy'],
  properties: {
    orderId: id,
    allocationId: id,
    providerId: id,
    offerId: id,
    /** COMPLETED or PERIODIC. */
    cause: code,
    answerBy: date,
  },
  examples: [
    {
      orderId: '0197a000-0000-7000-8000-000000000009',
      allocationId: '0197a000-0000-7000-8000-000000000008',
      providerId: '0197a000-0000-7000-8000-000000000010',
      offerId: '0197a000-0000-7000-8000-000000000002',
      cause: 'COMPLETED',
      answerBy: '2026-04-01',
    },
  ],
} as const;
export type SurveyOpenedV1 = FromSchema<typeof surveyOpenedV1>;
