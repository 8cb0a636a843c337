import type { FromSchema } from 'json-schema-to-ts';
import { actor, date, id, instant } from '../properties';

export const breakGlassOpenedV1 = {
  $id: 'cases.break-glass.opened.v1',
  title: 'Somebody has opened, with a reason, the matters of a person of another unit',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  required: ['personId', 'account', 'until', 'dueOn'],
  properties: {
    personId: id,
    account: actor,
    /** The end of the sight. */
    until: instant,
    /** By when it should have been looked into. */
    dueOn: date,
  },
  examples: [
    {
      personId: '0197a000-0000-7000-8000-000000000003',
      account: 'kipus-ewa',
      until: '2026-03-02T12:15:00Z',
      dueOn: '2026-03-05',
    },
  ],
} as const;
export type BreakGlassOpenedV1 = FromSchema<typeof breakGlassOpenedV1>;
