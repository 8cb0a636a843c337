import type { FromSchema } from 'json-schema-to-ts';
import { date, id } from '../properties';

export const agreementReportReceivedV1 = {
  $id: 'providers.agreement.report-received.v1',
  title: 'The provider has reported on the agreement',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  required: ['providerId', 'dueOn', 'receivedOn'],
  properties: {
    providerId: id,
    dueOn: date,
    receivedOn: date,
  },
  examples: [{ providerId: '0197a000-0000-7000-8000-000000000010', dueOn: '2027-01-30', receivedOn: '2027-01-22' }],
} as const;
export type AgreementReportReceivedV1 = FromSchema<typeof agreementReportReceivedV1>;
