import { table } from '../table.mapping';
import { WaitingListEntry } from './waiting-list-entry';

export const waitingListEntryMapping = table(WaitingListEntry, 'waiting_list_entry', {
  unit: 'text',
  terc: 'text',
  applicationId: 'uuid',
  itemId: 'uuid',
  personId: 'uuid',
  offerId: 'uuid',
  programmeId: 'uuid',
  serviceCode: 'text',
  queuedAt: 'timestamptz',
  offeredOn: 'date?',
  answerBy: 'date?',
});
