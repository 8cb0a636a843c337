import type { FromSchema } from 'json-schema-to-ts';
import { code, id } from '../properties';

export const planNeedOverriddenV1 = {
  $id: 'cases.plan-need.overridden.v1',
  title: 'The coordinator has said whether a plan is needed, against the rule (art. 38)',
  'x-audience': 'partner',
  type: 'object',
  additionalProperties: false,
  required: ['personId', 'applicationId', 'need', 'reasonCode'],
  properties: {
    personId: id,
    applicationId: id,
    need: { type: 'string', enum: ['REQUIRED', 'OPTIONAL', 'NOT_NEEDED'], 'x-data-class': 'code' },
    reasonCode: code,
  },
  examples: [
    {
      personId: '0197a000-0000-7000-8000-000000000003',
      applicationId: '0197a000-0000-7000-8000-000000000006',
      need: 'NOT_NEEDED',
      reasonCode: 'NO_AGREEMENT',
    },
  ],
} as const;
export type PlanNeedOverriddenV1 = FromSchema<typeof planNeedOverriddenV1>;
