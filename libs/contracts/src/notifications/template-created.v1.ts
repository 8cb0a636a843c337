import type { FromSchema } from 'json-schema-to-ts';
import { actor, slug } from '../properties';

export const templateCreatedV1 = {
  $id: 'notifications.template.created.v1',
  title: 'The centre has made a text of its own, in every language',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  required: ['code', 'by'],
  properties: {
    code: slug,
    by: actor,
  },
  examples: [{ code: 'summer-camp', by: 'organiser-ewa' }],
} as const;
export type TemplateCreatedV1 = FromSchema<typeof templateCreatedV1>;
