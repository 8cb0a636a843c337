import type { FromSchema } from 'json-schema-to-ts';
import { date } from '../properties';

export const serviceOfferConfirmedV1 = {
  $id: 'catalogue.service-offer.confirmed.v1',
  title: 'Another body has confirmed the entry about its service (art. 13(2))',
  'x-audience': 'partner',
  type: 'object',
  additionalProperties: false,
  required: ['confirmedOn'],
  properties: {
    confirmedOn: date,
  },
  examples: [{ confirmedOn: '2026-03-02' }],
} as const;
export type ServiceOfferConfirmedV1 = FromSchema<typeof serviceOfferConfirmedV1>;
