import { table } from '../table.mapping';
import { Allocation } from './allocation';

export const allocationMapping = table(Allocation, 'allocation', {
  unit: 'text',
  terc: 'text',
  planId: 'uuid',
  personId: 'uuid',
  itemId: 'uuid',
  offerId: 'uuid',
  periodFrom: 'date',
  periodTo: 'date',
  quantity: 'int',
  unitOfMeasure: 'text',
  state: 'text',
  providerId: 'uuid?',
  attempt: 'int',
  orderId: 'uuid?',
  declineReason: 'text?',
  deliveredTotal: 'int',
  startedOn: 'date?',
  completedOn: 'date?',
});
