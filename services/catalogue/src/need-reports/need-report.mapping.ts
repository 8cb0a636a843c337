import { EntitySchema } from 'typeorm';
import { NeedReport, type NeedReportActs, type NeedReportState, type Reporter } from './need-report';

interface NeedReportRow {
  id: string;
  version: number;
  state: NeedReportState;
  terc: string;
  reportedBy: Reporter | null;
  acts: NeedReportActs;
  words: Buffer | null;
  receiptDigest: Buffer;
}

export const needReportMapping = new EntitySchema<NeedReportRow>({
  name: 'NeedReport',
  target: NeedReport,
  tableName: 'need_report',
  columns: {
    id: { type: 'uuid', primary: true },
    version: { type: 'int' },
    state: { type: 'text' },
    terc: { type: 'text' },
    reportedBy: { type: 'text', name: 'reported_by', nullable: true },
    acts: { type: 'jsonb' },
    words: { type: 'bytea', nullable: true },
    receiptDigest: { type: 'bytea', name: 'receipt_digest' },
  },
});
