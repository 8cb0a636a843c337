import type { FromSchema } from 'json-schema-to-ts';
import { count, date, id, terc } from '../properties';

export const diagnosisAdoptedV1 = {
  $id: 'catalogue.diagnosis.adopted.v1',
  title: 'A diagnosis is final and has been handed to the mayor and the council (art. 21(5))',
  'x-audience': 'partner',
  type: 'object',
  additionalProperties: false,
  required: ['edition', 'gminas', 'adoptedOn', 'nextDueOn', 'supersedes'],
  properties: {
    edition: count,
    gminas: { type: 'array', maxItems: 100, items: terc },
    adoptedOn: date,
    /** By when the next one is due. */
    nextDueOn: date,
    /** Diagnoses whose place it takes. */
    supersedes: { type: 'array', maxItems: 100, items: id },
  },
  examples: [{ edition: 1, gminas: ['2861011'], adoptedOn: '2026-03-20', nextDueOn: '2031-03-20', supersedes: [] }],
} as const;
export type DiagnosisAdoptedV1 = FromSchema<typeof diagnosisAdoptedV1>;
