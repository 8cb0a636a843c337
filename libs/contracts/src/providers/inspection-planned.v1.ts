import type { FromSchema } from 'json-schema-to-ts';
import { date, id } from '../properties';

export const inspectionPlannedV1 = {
  $id: 'providers.inspection.planned.v1',
  title: 'An inspection of a provider is planned; it may be unannounced',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  required: ['providerId', 'plannedOn', 'announced'],
  properties: {
    providerId: id,
    agreementId: id,
    plannedOn: date,
    announced: { type: 'boolean', 'x-data-class': 'code' },
  },
  examples: [{ providerId: '0197a000-0000-7000-8000-000000000010', plannedOn: '2026-03-02', announced: false }],
} as const;
export type InspectionPlannedV1 = FromSchema<typeof inspectionPlannedV1>;
