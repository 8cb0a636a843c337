import type { FromSchema } from 'json-schema-to-ts';
import { code, date, id } from '../properties';

export const legalHoldPlacedV1 = {
  $id: 'cases.legal-hold.placed.v1',
  title: 'The file of a person must be kept, whatever its period',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  required: ['personId', 'kind', 'placedOn'],
  properties: { personId: id, kind: code, placedOn: date },
  examples: [{ personId: '0197a000-0000-7000-8000-000000000003', kind: 'COURT_PROCEEDINGS', placedOn: '2036-11-02' }],
} as const;
export type LegalHoldPlacedV1 = FromSchema<typeof legalHoldPlacedV1>;
