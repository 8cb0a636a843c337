import type { FromSchema } from 'json-schema-to-ts';
import { anchorFacts } from '../access-log-anchor';

export const accessLogAnchoredV1 = {
  $id: 'providers.access-log.anchored.v1',
  title: 'Where the chains of the access log of providers end',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  ...anchorFacts,
} as const;
export type AccessLogAnchoredV1 = FromSchema<typeof accessLogAnchoredV1>;
