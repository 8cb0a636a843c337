import { EntitySchema } from 'typeorm';
import { Notice, type NoticeKind } from './notice';

interface NoticeRow {
  id: string;
  version: number;
  causeId: string;
  matterId: string;
  personId: string | null;
  inbox: string;
  kind: NoticeKind;
  code: string;
  openedAt: Date;
  dueAt: Date | null;
  acknowledgedBy: string | null;
  acknowledgedAt: Date | null;
  escalatedTo: string | null;
  escalatedAt: Date | null;
}

/** `changed_in` is kept by the database: it is when the change becomes visible, not what has changed. */
export const noticeMapping = new EntitySchema<NoticeRow>({
  target: Notice,
  name: 'Notice',
  tableName: 'notice',
  columns: {
    id: { type: 'uuid', primary: true },
    version: { type: 'int' },
    causeId: { name: 'cause_id', type: 'uuid' },
    matterId: { name: 'matter_id', type: 'uuid' },
    personId: { name: 'person_id', type: 'uuid', nullable: true },
    inbox: { type: 'text' },
    kind: { type: 'text' },
    code: { type: 'text' },
    openedAt: { name: 'opened_at', type: 'timestamptz' },
    dueAt: { name: 'due_at', type: 'timestamptz', nullable: true },
    acknowledgedBy: { name: 'acknowledged_by', type: 'text', nullable: true },
    acknowledgedAt: { name: 'acknowledged_at', type: 'timestamptz', nullable: true },
    escalatedTo: { name: 'escalated_to', type: 'text', nullable: true },
    escalatedAt: { name: 'escalated_at', type: 'timestamptz', nullable: true },
  },
});
