import type { FromSchema } from 'json-schema-to-ts';
import { count, date, id } from '../properties';

export const applicationQualifiedV1 = {
  $id: 'cases.application.qualified.v1',
  title: 'The applicant has been qualified for one service, within its limit (art. 42)',
  'x-audience': 'partner',
  type: 'object',
  additionalProperties: false,
  required: ['itemId', 'personId', 'offerId', 'programmeId', 'programmeVersion', 'qualifiedOn'],
  properties: {
    itemId: id,
    personId: id,
    offerId: id,
    programmeId: id,
    programmeVersion: count,
    qualifiedOn: date,
    /** Last day for which the service is granted. */
    grantedUntil: date,
    /** Units granted, where so many were asked for. */
    quantity: count,
    /** Taken over from a predecessor’s system: the person heard of it there. */
    imported: { type: 'boolean', 'x-data-class': 'code' },
  },
  examples: [
    {
      itemId: '0197a000-0000-7000-8000-000000000005',
      personId: '0197a000-0000-7000-8000-000000000003',
      offerId: '0197a000-0000-7000-8000-000000000002',
      programmeId: '0197a000-0000-7000-8000-000000000004',
      programmeVersion: 3,
      qualifiedOn: '2026-03-02',
      grantedUntil: '2026-03-02',
      quantity: 3,
      imported: false,
    },
  ],
} as const;
export type ApplicationQualifiedV1 = FromSchema<typeof applicationQualifiedV1>;
