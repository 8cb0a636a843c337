import type { FromSchema } from 'json-schema-to-ts';
import { date, id } from '../properties';

export const applicationForwardedV1 = {
  $id: 'cases.application.forwarded.v1',
  title: 'The request for one service has been forwarded, as agreed with the applicant (art. 38(1))',
  'x-audience': 'partner',
  type: 'object',
  additionalProperties: false,
  required: ['itemId', 'personId', 'offerId', 'targetKind', 'agreedOn'],
  properties: {
    itemId: id,
    personId: id,
    offerId: id,
    /** To what kind of office. To which one is not told: its name can tell of health. */
    targetKind: { type: 'string', enum: ['CENTRE_TEAM', 'GMINA_OFFICE', 'GMINA_UNIT'], 'x-data-class': 'code' },
    agreedOn: date,
  },
  examples: [
    {
      itemId: '0197a000-0000-7000-8000-000000000005',
      personId: '0197a000-0000-7000-8000-000000000003',
      offerId: '0197a000-0000-7000-8000-000000000002',
      targetKind: 'GMINA_UNIT',
      agreedOn: '2026-03-02',
    },
  ],
} as const;
export type ApplicationForwardedV1 = FromSchema<typeof applicationForwardedV1>;
