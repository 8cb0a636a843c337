import type { FromSchema } from 'json-schema-to-ts';
import { code, count, date, grosze, id } from '../properties';

export const feeAssessedV1 = {
  $id: 'cases.fee.assessed.v1',
  title: 'A fee has been assessed under the programme; no decision is needed (art. 42(1))',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  required: [
    'applicationId',
    'itemId',
    'personId',
    'programmeVersion',
    'from',
    'to',
    'per',
    'grosze',
    'chargedGrosze',
    'instalments',
    'state',
  ],
  properties: {
    applicationId: id,
    itemId: id,
    personId: id,
    programmeVersion: count,
    from: date,
    to: date,
    /** ONCE, a period of the calendar, or a unit. */
    per: code,
    /** Of one period or unit, after reliefs. */
    grosze,
    /** Of all instalments that are fixed so far; units are settled once they have been delivered. */
    chargedGrosze: grosze,
    instalments: count,
    state: { type: 'string', enum: ['NOT_DUE', 'ASSESSED'], 'x-data-class': 'code' },
  },
  examples: [
    {
      applicationId: '0197a000-0000-7000-8000-000000000006',
      itemId: '0197a000-0000-7000-8000-000000000005',
      personId: '0197a000-0000-7000-8000-000000000003',
      programmeVersion: 3,
      from: '2026-03-02',
      to: '2026-03-02',
      per: 'MONTH',
      grosze: 3000,
      chargedGrosze: 3000,
      instalments: 1,
      state: 'ASSESSED',
    },
  ],
} as const;
export type FeeAssessedV1 = FromSchema<typeof feeAssessedV1>;
