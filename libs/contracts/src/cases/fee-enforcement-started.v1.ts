import type { FromSchema } from 'json-schema-to-ts';
import { date, grosze, id } from '../properties';

export const feeEnforcementStartedV1 = {
  $id: 'cases.fee.enforcement-started.v1',
  title: 'Administrative enforcement of an unpaid fee has been started (art. 43(3))',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  required: ['applicationId', 'itemId', 'personId', 'decisionId', 'startedOn', 'grosze'],
  properties: {
    applicationId: id,
    itemId: id,
    personId: id,
    decisionId: id,
    startedOn: date,
    grosze,
  },
  examples: [
    {
      applicationId: '0197a000-0000-7000-8000-000000000006',
      itemId: '0197a000-0000-7000-8000-000000000005',
      personId: '0197a000-0000-7000-8000-000000000003',
      decisionId: '0197a000-0000-7000-8000-000000000014',
      startedOn: '2026-03-02',
      grosze: 3000,
    },
  ],
} as const;
export type FeeEnforcementStartedV1 = FromSchema<typeof feeEnforcementStartedV1>;
