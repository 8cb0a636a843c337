import type { FromSchema } from 'json-schema-to-ts';
import { actor, id } from '../properties';

export const breakGlassReviewedV1 = {
  $id: 'cases.break-glass.reviewed.v1',
  title: 'It has been looked into why somebody opened the matters of a person of another unit',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  required: ['personId', 'account', 'finding', 'reviewedBy'],
  properties: {
    personId: id,
    /** Who had opened them. */
    account: actor,
    finding: { type: 'string', enum: ['JUSTIFIED', 'NOT_JUSTIFIED'], 'x-data-class': 'code' },
    reviewedBy: actor,
  },
  examples: [
    {
      personId: '0197a000-0000-7000-8000-000000000003',
      account: 'kipus-ewa',
      finding: 'JUSTIFIED',
      reviewedBy: 'ous-olga',
    },
  ],
} as const;
export type BreakGlassReviewedV1 = FromSchema<typeof breakGlassReviewedV1>;
