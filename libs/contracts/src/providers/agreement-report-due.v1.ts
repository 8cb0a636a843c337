import type { FromSchema } from 'json-schema-to-ts';
import { date, id } from '../properties';

export const agreementReportDueV1 = {
  $id: 'providers.agreement.report-due.v1',
  title: 'The provider has to report on the agreement soon',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  required: ['providerId', 'dueOn'],
  properties: {
    providerId: id,
    dueOn: date,
  },
  examples: [{ providerId: '0197a000-0000-7000-8000-000000000010', dueOn: '2027-01-30' }],
} as const;
export type AgreementReportDueV1 = FromSchema<typeof agreementReportDueV1>;
