import type { FromSchema } from 'json-schema-to-ts';
import { actor, count, instant, slug } from '../properties';

export const ruleSwitchedOffV1 = {
  $id: 'notifications.rule.switched-off.v1',
  title: 'A rule of messages makes none any more',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  required: ['code', 'edition', 'inForceFrom', 'decidedBy'],
  properties: { code: slug, edition: count, inForceFrom: instant, decidedBy: actor },
  examples: [{ code: 'plan-closed', edition: 3, inForceFrom: '2026-03-02T08:15:00.000Z', decidedBy: 'organiser-ewa' }],
} as const;
export type RuleSwitchedOffV1 = FromSchema<typeof ruleSwitchedOffV1>;
