import type { FromSchema } from 'json-schema-to-ts';
import { id } from '../properties';

export const needReportForwardedV1 = {
  $id: 'catalogue.need-report.forwarded.v1',
  title: 'An application has come of a reported need (art. 35)',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  required: ['applicationId'],
  properties: {
    applicationId: id,
  },
  examples: [{ applicationId: '0197a000-0000-7000-8000-000000000005' }],
} as const;
export type NeedReportForwardedV1 = FromSchema<typeof needReportForwardedV1>;
