import type { FromSchema } from 'json-schema-to-ts';
import { code, terc } from '../properties';

export const serviceOfferDraftedV1 = {
  $id: 'catalogue.service-offer.drafted.v1',
  title: 'A service offer has been drafted',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  required: ['legalTrack', 'terc'],
  properties: {
    legalTrack: code,
    terc,
  },
  examples: [{ legalTrack: 'EXAMPLE', terc: '2861011' }],
} as const;
export type ServiceOfferDraftedV1 = FromSchema<typeof serviceOfferDraftedV1>;
