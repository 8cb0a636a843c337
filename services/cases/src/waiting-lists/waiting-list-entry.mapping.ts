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
  filedAt: 'timestamptz',
  enteredAt: 'timestamptz',
  priorityCode: 'text?',
  queuedAt: 'timestamptz',
  rank: 'int',
  tie: 'uuid',
  nudge: 'numeric',
  offeredOn: 'date?',
  answerBy: 'date?',
  decideBy: 'date?',
});
