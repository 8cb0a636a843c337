import type { FromSchema } from 'json-schema-to-ts';
import { code, date, grosze, id } from '../properties';
import { agreedServices } from './agreed';

export const agreementAmendedV1 = {
  $id: 'providers.agreement.amended.v1',
  title: 'What was agreed counts otherwise from a day on',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  required: ['providerId', 'from', 'to', 'changed'],
  properties: {
    providerId: id,
    from: date,
    /** Its last day, as it is now. */
    to: date,
    changed: { type: 'array', maxItems: 20, items: code },
    /** All of them as they are now, when they are among what has changed. */
    services: agreedServices,
    ceilingGrosze: grosze,
  },
  examples: [
    {
      providerId: '0197a000-0000-7000-8000-000000000010',
      from: '2026-06-01',
      to: '2027-03-31',
      changed: ['TO', 'CEILING_GROSZE'],
      ceilingGrosze: 9000000,
    },
  ],
} as const;
export type AgreementAmendedV1 = FromSchema<typeof agreementAmendedV1>;
