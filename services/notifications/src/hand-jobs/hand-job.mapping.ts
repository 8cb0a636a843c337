import type { Day } from '@okienko/contracts/calendar';
import { EntitySchema } from 'typeorm';
import type { HandChannelCode } from './delivery-terms';
import { HandJob, type HandJobState, type ReceiptBasis } from './hand-job';
import { PrintRun, type PrintRunState } from './print-run';

interface HandJobRow {
  id: string;
  version: number;
  messageId: string;
  personId: string;
  channel: HandChannelCode;
  isProofNeeded: boolean;
  putAt: Date;
  dueOn: Day;
  state: HandJobState;
  takenBy: string | null;
  leaseUntil: Date | null;
  printRunId: string | null;
  dispatchedOn: Day | null;
  evidenceNo: string | null;
  noticeLeftOn: Day | null;
  fictionOn: Day | null;
  receivedOn: Day | null;
  receiptBasis: ReceiptBasis | null;
  reasonCode: string | null;
  collectedBy: string | null;
}

export const handJobMapping = new EntitySchema<HandJobRow>({
  target: HandJob,
  name: 'HandJob',
  tableName: 'hand_job',
  columns: {
    id: { type: 'uuid', primary: true },
    version: { type: 'int' },
    messageId: { name: 'message_id', type: 'uuid' },
    personId: { name: 'person_id', type: 'uuid' },
    channel: { type: 'text' },
    isProofNeeded: { name: 'is_proof_needed', type: 'boolean' },
    putAt: { name: 'put_at', type: 'timestamptz' },
    dueOn: { name: 'due_on', type: 'date' },
    state: { type: 'text' },
    takenBy: { name: 'taken_by', type: 'text', nullable: true },
    leaseUntil: { name: 'lease_until', type: 'timestamptz', nullable: true },
    printRunId: { name: 'print_run_id', type: 'uuid', nullable: true },
    dispatchedOn: { name: 'dispatched_on', type: 'date', nullable: true },
    evidenceNo: { name: 'evidence_no', type: 'text', nullable: true },
    noticeLeftOn: { name: 'notice_left_on', type: 'date', nullable: true },
    fictionOn: { name: 'fiction_on', type: 'date', nullable: true },
    receivedOn: { name: 'received_on', type: 'date', nullable: true },
    receiptBasis: { name: 'receipt_basis', type: 'text', nullable: true },
    reasonCode: { name: 'reason_code', type: 'text', nullable: true },
    collectedBy: { name: 'collected_by', type: 'uuid', nullable: true },
  },
});

interface PrintRunRow {
  id: string;
  version: number;
  takenBy: string;
  takenAt: Date;
  leaseUntil: Date;
  letters: number;
  state: PrintRunState;
  postedOn: Day | null;
}

export const printRunMapping = new EntitySchema<PrintRunRow>({
  target: PrintRun,
  name: 'PrintRun',
  tableName: 'print_run',
  columns: {
    id: { type: 'uuid', primary: true },
    version: { type: 'int' },
    takenBy: { name: 'taken_by', type: 'text' },
    takenAt: { name: 'taken_at', type: 'timestamptz' },
    leaseUntil: { name: 'lease_until', type: 'timestamptz' },
    letters: { type: 'int' },
    state: { type: 'text' },
    postedOn: { name: 'posted_on', type: 'date', nullable: true },
  },
});
