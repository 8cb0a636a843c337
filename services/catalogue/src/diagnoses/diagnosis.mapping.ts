import { EntitySchema } from 'typeorm';
import { Diagnosis, type DiagnosisActs, type DiagnosisState } from './diagnosis';
import type { DiagnosisContent } from './diagnosis-content';

interface DiagnosisRow {
  id: string;
  version: number;
  state: DiagnosisState;
  content: DiagnosisContent;
  acts: DiagnosisActs;
}

export const diagnosisMapping = new EntitySchema<DiagnosisRow>({
  name: 'Diagnosis',
  target: Diagnosis,
  tableName: 'diagnosis',
  columns: {
    id: { type: 'uuid', primary: true },
    version: { type: 'int' },
    state: { type: 'text' },
    content: { type: 'jsonb' },
    acts: { type: 'jsonb' },
  },
});
