import type { FromSchema } from 'json-schema-to-ts';
import { code } from '../properties';

export const needReportDismissedV1 = {
  $id: 'catalogue.need-report.dismissed.v1',
  title: 'A reported need has been dismissed',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  required: ['reasonCode'],
  properties: {
    reasonCode: code,
  },
  examples: [{ reasonCode: 'REPORTED_BEFORE' }],
} as const;
export type NeedReportDismissedV1 = FromSchema<typeof needReportDismissedV1>;
