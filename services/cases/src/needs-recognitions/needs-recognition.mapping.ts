import { table } from '../table.mapping';
import { NeedsRecognition } from './needs-recognition';

export const needsRecognitionMapping = table(NeedsRecognition, 'needs_recognition', {
  unit: 'text',
  terc: 'text',
  applicationId: 'uuid',
  personId: 'uuid',
  scheduledFor: 'timestamptz',
  place: 'text',
  state: 'text',
  sections: 'bytea?',
  recordedBy: 'text?',
  recordedAt: 'timestamptz?',
});
