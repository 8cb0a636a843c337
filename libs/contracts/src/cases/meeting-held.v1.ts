import type { FromSchema } from 'json-schema-to-ts';
import { count, date } from '../properties';

export const meetingHeldV1 = {
  $id: 'cases.meeting.held.v1',
  title: 'The coordinators of a unit have met (art. 46(2))',
  'x-audience': 'partner',
  type: 'object',
  additionalProperties: false,
  required: ['heldOn', 'coordinators', 'contractors'],
  properties: { heldOn: date, coordinators: count, contractors: count },
  examples: [{ heldOn: '2026-03-02', coordinators: 6, contractors: 2 }],
} as const;
export type MeetingHeldV1 = FromSchema<typeof meetingHeldV1>;
