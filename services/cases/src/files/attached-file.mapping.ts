import { table } from '../table.mapping';
import { AttachedFile } from './attached-file';

export const attachedFileMapping = table(AttachedFile, 'attached_file', {
  unit: 'text',
  terc: 'text',
  personId: 'uuid',
  applicationId: 'uuid',
  category: 'text',
  mediaType: 'text',
  bytes: 'int',
  name: 'bytea',
  state: 'text',
  scan: 'text',
  attachedBy: 'text',
  attachedAt: 'timestamptz',
  removedOn: 'date?',
  removalReason: 'text?',
});
