import type { Day } from '@okienko/contracts/calendar';
import { EntitySchema } from 'typeorm';
import type { YearFigures } from './year-figures';
import { type YearlyAdditions, YearlyReport, type YearlyReportState } from './yearly-report';

interface YearlyReportRow {
  id: string;
  version: number;
  state: YearlyReportState;
  terc: string;
  year: number;
  figures: YearFigures;
  additions: Omit<YearlyAdditions, 'corrections'> | null;
  approvedOn: Day | null;
}

export const yearlyReportMapping = new EntitySchema<YearlyReportRow>({
  name: 'YearlyReport',
  target: YearlyReport,
  tableName: 'yearly_report',
  columns: {
    id: { type: 'uuid', primary: true },
    version: { type: 'int' },
    state: { type: 'text' },
    terc: { type: 'text' },
    year: { type: 'int' },
    figures: { type: 'jsonb' },
    additions: { type: 'jsonb', nullable: true },
    approvedOn: { type: 'date', name: 'approved_on', nullable: true },
  },
});
