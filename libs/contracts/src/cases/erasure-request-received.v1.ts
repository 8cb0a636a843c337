import type { FromSchema } from 'json-schema-to-ts';
import { date, id } from '../properties';

export const erasureRequestReceivedV1 = {
  $id: 'cases.erasure-request.received.v1',
  title: 'A person has asked that their data be erased (GDPR art. 17)',
  'x-audience': 'internal',
  type: 'object',
  additionalProperties: false,
  required: ['personId', 'receivedOn', 'answerBy'],
  properties: { personId: id, receivedOn: date, answerBy: date },
  examples: [{ personId: '0197a000-0000-7000-8000-000000000003', receivedOn: '2026-11-02', answerBy: '2026-12-02' }],
} as const;
export type ErasureRequestReceivedV1 = FromSchema<typeof erasureRequestReceivedV1>;
