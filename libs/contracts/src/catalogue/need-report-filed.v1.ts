import type { FromSchema } from 'json-schema-to-ts';
import { code, terc } from '../properties';

export const needReportFiledV1 = {
  $id: 'catalogue.need-report.filed.v1',
  title: 'Somebody has reported a need, perhaps of another person',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  required: ['terc'],
  properties: {
    terc,
    /** In which relation to the person in need the reporter stands, as far as they said. */
    reportedBy: code,
  },
  examples: [{ terc: '2861011', reportedBy: 'NEIGHBOUR' }],
} as const;
export type NeedReportFiledV1 = FromSchema<typeof needReportFiledV1>;
