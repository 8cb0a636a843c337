import type { FromSchema } from 'json-schema-to-ts';
import { slug } from '../properties';

export const needReportAcknowledgedV1 = {
  $id: 'catalogue.need-report.acknowledged.v1',
  title: 'The centre has taken note of a reported need, and says of which area it is',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  required: ['area'],
  properties: {
    /** One of the 14 areas. */
    area: slug,
  },
  examples: [{ area: 'pomoc-spoleczna' }],
} as const;
export type NeedReportAcknowledgedV1 = FromSchema<typeof needReportAcknowledgedV1>;
