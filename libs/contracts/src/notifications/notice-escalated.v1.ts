import type { FromSchema } from 'json-schema-to-ts';
import { code, id, instant, slug } from '../properties';

export const noticeEscalatedV1 = {
  $id: 'notifications.notice.escalated.v1',
  title: 'Nobody has taken charge of something in time: it has come into the inbox of those who answer for it',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  required: ['causeId', 'matterId', 'kind', 'code', 'dueAt', 'role'],
  properties: {
    causeId: id,
    matterId: id,
    personId: id,
    kind: code,
    code,
    dueAt: instant,
    /** Who sees it from now on, as well as whom it was for. */
    role: slug,
  },
  examples: [
    {
      causeId: '0197a000-0000-7000-8000-000000000014',
      matterId: '0197a000-0000-7000-8000-000000000009',
      personId: '0197a000-0000-7000-8000-000000000003',
      kind: 'TASK',
      code: 'REACH_PERSON',
      dueAt: '2026-03-09T08:00:00Z',
      role: 'services-organiser',
    },
  ],
} as const;
export type NoticeEscalatedV1 = FromSchema<typeof noticeEscalatedV1>;
