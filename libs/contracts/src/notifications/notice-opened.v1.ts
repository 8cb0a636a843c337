import type { FromSchema } from 'json-schema-to-ts';
import { code, id, instant } from '../properties';

export const noticeOpenedV1 = {
  $id: 'notifications.notice.opened.v1',
  title: 'Something has come into the inbox of a member of staff, a role or a provider',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  required: ['causeId', 'matterId', 'kind', 'code'],
  properties: {
    causeId: id,
    matterId: id,
    personId: id,
    kind: code,
    code,
    dueAt: instant,
  },
  examples: [
    {
      causeId: '0197a000-0000-7000-8000-000000000014',
      matterId: '0197a000-0000-7000-8000-000000000009',
      personId: '0197a000-0000-7000-8000-000000000003',
      kind: 'TASK',
      code: 'REACH_PERSON',
      dueAt: '2026-03-09T08:00:00Z',
    },
  ],
} as const;
export type NoticeOpenedV1 = FromSchema<typeof noticeOpenedV1>;
