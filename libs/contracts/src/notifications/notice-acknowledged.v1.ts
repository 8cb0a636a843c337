import type { FromSchema } from 'json-schema-to-ts';
import { actor, code, id } from '../properties';

export const noticeAcknowledgedV1 = {
  $id: 'notifications.notice.acknowledged.v1',
  title: 'Somebody has taken charge of what came into an inbox',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  required: ['causeId', 'matterId', 'kind', 'code', 'acknowledgedBy'],
  properties: {
    causeId: id,
    matterId: id,
    personId: id,
    kind: code,
    code,
    acknowledgedBy: actor,
  },
  examples: [
    {
      causeId: '0197a000-0000-7000-8000-000000000014',
      matterId: '0197a000-0000-7000-8000-000000000009',
      personId: '0197a000-0000-7000-8000-000000000003',
      kind: 'TASK',
      code: 'REACH_PERSON',
      acknowledgedBy: 'desk-anna',
    },
  ],
} as const;
export type NoticeAcknowledgedV1 = FromSchema<typeof noticeAcknowledgedV1>;
