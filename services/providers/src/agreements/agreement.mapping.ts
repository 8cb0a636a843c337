import { EntitySchema } from 'typeorm';
import { Agreement } from './agreement';

// PostgreSQL tells a bigint as text; every amount here is small enough for a number.
const grosze = {
  from: (text: string | null): number | null => (text === null ? null : Number(text)),
  to: (amount: number | null): number | null => amount,
};

export const agreementMapping = new EntitySchema<Pick<Agreement, keyof Agreement>>({
  name: 'Agreement',
  target: Agreement,
  tableName: 'agreement',
  columns: {
    id: { type: 'uuid', primary: true },
    version: { type: 'int' },
    providerId: { name: 'provider_id', type: 'uuid' },
    selectionMode: { name: 'selection_mode', type: 'text' },
    subject: { type: 'text' },
    from: { name: 'first_day', type: 'date' },
    to: { name: 'last_day', type: 'date' },
    ceilingGrosze: { name: 'ceiling_grosze', type: 'bigint', nullable: true, transformer: grosze },
    gmina: { type: 'text', nullable: true },
    state: { type: 'text' },
    selection: { type: 'jsonb' },
    number: { type: 'text', nullable: true },
    signedOn: { name: 'signed_on', type: 'date', nullable: true },
    conditions: { type: 'jsonb' },
    answerDays: { name: 'answer_days', type: 'int', nullable: true },
    noShowPermille: { name: 'no_show_permille', type: 'int' },
    funding: { type: 'jsonb' },
    reports: { type: 'jsonb' },
    amendments: { type: 'jsonb' },
    warnings: { type: 'jsonb' },
    suspendedFrom: { name: 'suspended_from', type: 'date', nullable: true },
    endReason: { name: 'end_reason', type: 'text', nullable: true },
  },
});
