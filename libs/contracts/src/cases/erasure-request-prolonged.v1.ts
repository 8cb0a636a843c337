import type { FromSchema } from 'json-schema-to-ts';
import { code, date, id } from '../properties';

export const erasureRequestProlongedV1 = {
  $id: 'cases.erasure-request.prolonged.v1',
  title: 'The answer to a request for erasure may take longer, and the person has been told why (GDPR art. 12(3))',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  required: ['personId', 'reason', 'informedOn', 'answerBy'],
  properties: {
    personId: id,
    /** COMPLEXITY or NUMBER_OF_REQUESTS. */
    reason: code,
    informedOn: date,
    answerBy: date,
  },
  examples: [
    {
      personId: '0197a000-0000-7000-8000-000000000003',
      reason: 'COMPLEXITY',
      informedOn: '2026-11-28',
      answerBy: '2027-02-02',
    },
  ],
} as const;
export type ErasureRequestProlongedV1 = FromSchema<typeof erasureRequestProlongedV1>;
