import type { FromSchema } from 'json-schema-to-ts';

export const needReportErasedV1 = {
  $id: 'catalogue.need-report.erased.v1',
  title: 'What a report of a need said has been erased for good',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  required: ['reasonCode'],
  properties: {
    reasonCode: { type: 'string', enum: ['RETENTION', 'REQUEST'], 'x-data-class': 'code' },
  },
  examples: [{ reasonCode: 'RETENTION' }],
} as const;
export type NeedReportErasedV1 = FromSchema<typeof needReportErasedV1>;
