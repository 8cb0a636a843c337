import type { FromSchema } from 'json-schema-to-ts';
import { actor, code, count, instant, slug } from '../properties';

export const ruleChangedV1 = {
  $id: 'notifications.rule.changed.v1',
  title: 'A rule of messages has got a new edition, or its first',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  required: ['code', 'edition', 'inForceFrom', 'audience', 'standing', 'template', 'decidedBy'],
  properties: {
    code: slug,
    edition: count,
    inForceFrom: instant,
    audience: code,
    standing: code,
    template: slug,
    decidedBy: actor,
  },
  examples: [
    {
      code: 'plan-approved',
      edition: 2,
      inForceFrom: '2026-03-02T08:15:00.000Z',
      audience: 'PERSON',
      standing: 'INFORMATIVE',
      template: 'plan-approved',
      decidedBy: 'organiser-ewa',
    },
  ],
} as const;
export type RuleChangedV1 = FromSchema<typeof ruleChangedV1>;
