import type { FromSchema } from 'json-schema-to-ts';
import { code, date, id } from '../properties';

export const findingRecordedV1 = {
  $id: 'providers.finding.recorded.v1',
  title: 'A provider does not meet a criterion and is to remedy that',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  required: ['inspectionId', 'providerId', 'criterion', 'severity', 'dueOn'],
  properties: {
    inspectionId: id,
    providerId: id,
    /** Absent where it is about the task as a whole. */
    offerId: id,
    criterion: code,
    severity: { type: 'string', enum: ['MINOR', 'MAJOR', 'CRITICAL'], 'x-data-class': 'code' },
    /** The last day for the remedy. */
    dueOn: date,
  },
  examples: [
    {
      inspectionId: '0197a000-0000-7000-8000-000000000031',
      providerId: '0197a000-0000-7000-8000-000000000010',
      offerId: '0197a000-0000-7000-8000-000000000002',
      criterion: 'CARE_DIARY',
      severity: 'MAJOR',
      dueOn: '2026-04-02',
    },
  ],
} as const;
export type FindingRecordedV1 = FromSchema<typeof findingRecordedV1>;
