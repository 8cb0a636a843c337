import { count, id } from '../properties';

/** How the provider is chosen (art. 7(2)). */
export const selectionMode = {
  type: 'string',
  enum: [
    'OWN_UNIT',
    'GMINA_OFFICE',
    'GMINA_UNIT',
    'NGO_OPEN_COMPETITION',
    'NGO_SMALL_GRANT',
    'PROCUREMENT',
    'MEDICAL_ENTITY',
  ],
  'x-data-class': 'code',
} as const;

/** What an agreement is about, and up to what ceiling. */
export const agreedServices = {
  type: 'array',
  minItems: 1,
  maxItems: 50,
  items: {
    type: 'object',
    additionalProperties: false,
    required: ['offerId', 'unit'],
    properties: {
      offerId: id,
      unit: {
        type: 'string',
        enum: ['HOUR', 'RIDE', 'DAY', 'PLACE', 'VISIT', 'ITEM', 'FLAT_SUM'],
        'x-data-class': 'code',
      },
      ceilingQuantity: count,
    },
  },
} as const;
