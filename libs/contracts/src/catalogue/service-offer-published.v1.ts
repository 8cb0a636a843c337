import type { FromSchema } from 'json-schema-to-ts';
import { code, id, publicText, slug, terc } from '../properties';

export const serviceOfferPublishedV1 = {
  $id: 'catalogue.service-offer.published.v1',
  title: 'A service offer is open to residents (art. 13(1)(9))',
  'x-audience': 'partner',
  type: 'object',
  additionalProperties: false,
  required: ['legalTrack', 'recipientKind', 'areas', 'terc', 'unit', 'name'],
  properties: {
    programmeId: id,
    serviceCode: slug,
    legalTrack: code,
    recipientKind: { type: 'string', enum: ['PERSON', 'FAMILY', 'GROUP', 'RESIDENTS'], 'x-data-class': 'code' },
    areas: { type: 'array', maxItems: 200, items: slug },
    terc,
    unit: {
      type: 'string',
      enum: ['HOUR', 'RIDE', 'DAY', 'PLACE', 'VISIT', 'ITEM', 'FLAT_SUM'],
      'x-data-class': 'code',
    },
    name: publicText,
  },
  examples: [
    {
      programmeId: '0197a000-0000-7000-8000-000000000004',
      serviceCode: 'teleopieka',
      legalTrack: 'EXAMPLE',
      recipientKind: 'PERSON',
      areas: ['teleopieka'],
      terc: '2861011',
      unit: 'HOUR',
      name: 'XXVIII/214/2021',
    },
  ],
} as const;
export type ServiceOfferPublishedV1 = FromSchema<typeof serviceOfferPublishedV1>;
