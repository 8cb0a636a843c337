import type { FromSchema } from 'json-schema-to-ts';
import { code, date, id } from '../properties';

export const legalHoldEndedV1 = {
  $id: 'cases.legal-hold.ended.v1',
  title: 'The file of a person need no longer be kept for this reason',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  required: ['personId', 'kind', 'endedOn', 'reasonCode'],
  properties: { personId: id, kind: code, endedOn: date, reasonCode: code },
  examples: [
    {
      personId: '0197a000-0000-7000-8000-000000000003',
      kind: 'COURT_PROCEEDINGS',
      endedOn: '2037-03-30',
      reasonCode: 'FINAL_JUDGMENT',
    },
  ],
} as const;
export type LegalHoldEndedV1 = FromSchema<typeof legalHoldEndedV1>;
