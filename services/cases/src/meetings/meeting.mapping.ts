import { table } from '../table.mapping';
import { Meeting } from './meeting';

export const meetingMapping = table(Meeting, 'meeting', {
  unit: 'text',
  terc: 'text',
  heldOn: 'date',
  coordinators: 'jsonb',
  providerIds: 'jsonb',
  recordedBy: 'text',
});
