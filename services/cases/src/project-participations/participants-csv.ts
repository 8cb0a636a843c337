import { csvOf } from '@okienko/printing/csv';
import type { ParticipantsExport } from './project-reports.dto';

/** A line for each participant. */
export const participantsCsv = ({ columns, rows }: ParticipantsExport): string =>
  csvOf([columns.map(({ header }) => header), ...rows]);
