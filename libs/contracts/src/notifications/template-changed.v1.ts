import type { FromSchema } from 'json-schema-to-ts';
import { actor, slug } from '../properties';

export const templateChangedV1 = {
  $id: 'notifications.template.changed.v1',
  title: 'The centre has written another edition of a text in one language',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  required: ['code', 'language', 'by'],
  properties: {
    code: slug,
    language: slug,
    by: actor,
  },
  examples: [{ code: 'plan-approved', language: 'pl-x-etr', by: 'organiser-ewa' }],
} as const;
export type TemplateChangedV1 = FromSchema<typeof templateChangedV1>;
