import type { FromSchema } from 'json-schema-to-ts';
import { publicText, slug } from '../properties';

export const serviceOfferRevisedV1 = {
  $id: 'catalogue.service-offer.revised.v1',
  title: 'The texts or terms of a service offer have changed; programme, law, gmina and unit are as they were',
  'x-audience': 'partner',
  type: 'object',
  additionalProperties: false,
  required: ['recipientKind', 'areas', 'name'],
  properties: {
    recipientKind: { type: 'string', enum: ['PERSON', 'FAMILY', 'GROUP', 'RESIDENTS'], 'x-data-class': 'code' },
    areas: { type: 'array', maxItems: 200, items: slug },
    name: publicText,
  },
  examples: [{ recipientKind: 'PERSON', areas: ['pomoc-spoleczna'], name: 'Teleopieka' }],
} as const;
export type ServiceOfferRevisedV1 = FromSchema<typeof serviceOfferRevisedV1>;
