import type { FromSchema } from 'json-schema-to-ts';
import { terc } from '../properties';

export const providerRegisteredV1 = {
  $id: 'providers.provider.registered.v1',
  title: 'A body that performs services has been registered (art. 7(2))',
  'x-audience': 'partner',
  type: 'object',
  additionalProperties: false,
  required: ['kind'],
  properties: {
    kind: {
      type: 'string',
      enum: [
        'OWN_UNIT',
        'GMINA_OFFICE',
        'GMINA_UNIT',
        'NGO',
        'SOCIAL_COOPERATIVE',
        'PUBLIC_BENEFIT_BODY',
        'FIRM',
        'MEDICAL_ENTITY',
        'NATURAL_PERSON',
      ],
      'x-data-class': 'code',
    },
    terc,
  },
  examples: [{ kind: 'OWN_UNIT', terc: '2861011' }],
} as const;
export type ProviderRegisteredV1 = FromSchema<typeof providerRegisteredV1>;
