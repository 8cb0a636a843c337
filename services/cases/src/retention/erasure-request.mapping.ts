import { table } from '../table.mapping';
import { ErasureRequest } from './erasure-request';

export const erasureRequestMapping = table(ErasureRequest, 'erasure_request', {
  unit: 'text',
  personId: 'uuid',
  state: 'text',
  receivedBy: 'text',
  receivedOn: 'date',
  answerBy: 'date',
  prolongedFor: 'text?',
  informedOn: 'date?',
  decidedBy: 'text?',
  decidedOn: 'date?',
  basis: 'text?',
});
