import type { FromSchema } from 'json-schema-to-ts';
import { actor, slug } from '../properties';

export const templateRestoredV1 = {
  $id: 'notifications.template.restored.v1',
  title: 'A text is again as it came with the service',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  required: ['code', 'language', 'by'],
  properties: {
    code: slug,
    language: slug,
    by: actor,
  },
  examples: [{ code: 'plan-approved', language: 'pl', by: 'organiser-ewa' }],
} as const;
export type TemplateRestoredV1 = FromSchema<typeof templateRestoredV1>;
