import type { FromSchema } from 'json-schema-to-ts';
import { code, date, slug, terc } from '../properties';

export const communityPlanAdoptedV1 = {
  $id: 'catalogue.community-plan.adopted.v1',
  title: 'A community plan is adopted, with its supporting activities (art. 20)',
  'x-audience': 'partner',
  type: 'object',
  additionalProperties: false,
  required: ['gminas', 'from', 'to', 'activities'],
  properties: {
    gminas: { type: 'array', maxItems: 100, items: terc },
    /** First and last day of the plan. */
    from: date,
    to: date,
    /** Its supporting activities: self-help, volunteering, neighbour help (art. 13(1)(6)). */
    activities: {
      type: 'array',
      maxItems: 500,
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['activityCode', 'kind', 'terc', 'areas'],
        properties: {
          activityCode: slug,
          kind: code,
          terc,
          areas: { type: 'array', maxItems: 14, items: slug },
        },
      },
    },
  },
  examples: [
    {
      gminas: ['2861011'],
      from: '2026-01-01',
      to: '2026-12-31',
      activities: [
        { activityCode: 'zakupy-dla-sasiada', kind: 'NEIGHBOUR_HELP', terc: '2861011', areas: ['pomoc-spoleczna'] },
      ],
    },
  ],
} as const;
export type CommunityPlanAdoptedV1 = FromSchema<typeof communityPlanAdoptedV1>;
