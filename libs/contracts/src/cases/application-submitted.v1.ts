import type { FromSchema } from 'json-schema-to-ts';
import { id, instant } from '../properties';

export const applicationSubmittedV1 = {
  $id: 'cases.application.submitted.v1',
  title: 'A resident has applied for services (art. 35)',
  'x-audience': 'partner',
  type: 'object',
  additionalProperties: false,
  required: ['personId', 'applicantRole', 'channel', 'filedAt', 'items'],
  properties: {
    personId: id,
    applicantRole: {
      type: 'string',
      enum: ['PERSON', 'STATUTORY_REPRESENTATIVE', 'ACTUAL_CARER'],
      'x-data-class': 'code',
    },
    channel: { type: 'string', enum: ['DESK', 'WEB_FORM', 'PHONE', 'POST', 'EMAIL'], 'x-data-class': 'code' },
    filedAt: instant,
    items: {
      type: 'array',
      maxItems: 200,
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['itemId', 'offerId'],
        properties: { itemId: id, offerId: id },
      },
    },
    /** Of the catalogue: the report of a need that the application came of. */
    needReportId: id,
    /** Taken over from a predecessor’s system: the person heard of it there. */
    imported: { type: 'boolean', 'x-data-class': 'code' },
  },
  examples: [
    {
      personId: '0197a000-0000-7000-8000-000000000003',
      applicantRole: 'PERSON',
      channel: 'DESK',
      filedAt: '2026-03-02T08:15:00.000Z',
      items: [{ itemId: '0197a000-0000-7000-8000-000000000005', offerId: '0197a000-0000-7000-8000-000000000002' }],
      needReportId: '0197a000-0000-7000-8000-000000000006',
      imported: false,
    },
  ],
} as const;
export type ApplicationSubmittedV1 = FromSchema<typeof applicationSubmittedV1>;
