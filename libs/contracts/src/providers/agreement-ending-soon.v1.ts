import type { FromSchema } from 'json-schema-to-ts';
import { date, id } from '../properties';

export const agreementEndingSoonV1 = {
  $id: 'providers.agreement.ending-soon.v1',
  title: 'The agreement ends soon',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  required: ['providerId', 'endsOn'],
  properties: {
    providerId: id,
    endsOn: date,
  },
  examples: [{ providerId: '0197a000-0000-7000-8000-000000000010', endsOn: '2026-12-31' }],
} as const;
export type AgreementEndingSoonV1 = FromSchema<typeof agreementEndingSoonV1>;
