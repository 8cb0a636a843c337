import type { FromSchema } from 'json-schema-to-ts';
import { code, date, id } from '../properties';

export const handJobNoticeLeftV1 = {
  $id: 'notifications.hand-job.notice-left.v1',
  title: 'A first notice of a letter was left at the address; the term of its fiction runs',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  required: ['messageId', 'personId', 'channel', 'noticeLeftOn'],
  properties: {
    messageId: id,
    personId: id,
    channel: code,
    noticeLeftOn: date,
  },
  examples: [
    {
      messageId: '0197a000-0000-7000-8000-000000000021',
      personId: '0197a000-0000-7000-8000-000000000003',
      channel: 'LETTER',
      noticeLeftOn: '2026-03-05',
    },
  ],
} as const;
export type HandJobNoticeLeftV1 = FromSchema<typeof handJobNoticeLeftV1>;
