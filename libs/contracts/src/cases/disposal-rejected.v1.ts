import type { FromSchema } from 'json-schema-to-ts';
import { code, date } from '../properties';

export const disposalRejectedV1 = {
  $id: 'cases.disposal.rejected.v1',
  title: 'A proposed disposal will not take place',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  required: ['rejectedOn', 'reasonCode'],
  properties: { rejectedOn: date, reasonCode: code },
  examples: [{ rejectedOn: '2037-01-10', reasonCode: 'ARCHIVE_REFUSED' }],
} as const;
export type DisposalRejectedV1 = FromSchema<typeof disposalRejectedV1>;
