import type { FromSchema } from 'json-schema-to-ts';
import { count, date, id } from '../properties';

export const inspectionCarriedOutV1 = {
  $id: 'providers.inspection.carried-out.v1',
  title: 'A provider was inspected',
  'x-audience': 'partner',
  type: 'object',
  additionalProperties: false,
  required: ['providerId', 'carriedOutOn', 'met', 'notMet', 'notApplicable'],
  properties: {
    providerId: id,
    carriedOutOn: date,
    /** Criteria. */
    met: count,
    notMet: count,
    notApplicable: count,
  },
  examples: [
    {
      providerId: '0197a000-0000-7000-8000-000000000010',
      carriedOutOn: '2026-03-02',
      met: 9,
      notMet: 2,
      notApplicable: 1,
    },
  ],
} as const;
export type InspectionCarriedOutV1 = FromSchema<typeof inspectionCarriedOutV1>;
