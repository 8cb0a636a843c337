import type { FromSchema } from 'json-schema-to-ts';
import { code } from '../properties';

export const serviceOfferWithdrawnV1 = {
  $id: 'catalogue.service-offer.withdrawn.v1',
  title: 'A service offer has been withdrawn',
  'x-audience': 'partner',
  type: 'object',
  additionalProperties: false,
  required: ['reasonCode'],
  properties: {
    reasonCode: code,
  },
  examples: [{ reasonCode: 'EXAMPLE' }],
} as const;
export type ServiceOfferWithdrawnV1 = FromSchema<typeof serviceOfferWithdrawnV1>;
