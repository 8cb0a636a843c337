import { EntitySchema } from 'typeorm';
import { type Edition, type FormerEdition, Programme, type ProgrammeActs, type ProgrammeState } from './programme';
import type { ProgrammeContent } from './programme-content';

interface ProgrammeRow {
  id: string;
  version: number;
  programmeVersion: number;
  state: ProgrammeState;
  content: ProgrammeContent;
  acts: ProgrammeActs;
  amendment: Edition | null;
  former: readonly FormerEdition[];
}

export const programmeMapping = new EntitySchema<ProgrammeRow>({
  name: 'Programme',
  target: Programme,
  tableName: 'programme',
  columns: {
    id: { type: 'uuid', primary: true },
    version: { type: 'int' },
    programmeVersion: { type: 'int', name: 'programme_version' },
    state: { type: 'text' },
    content: { type: 'jsonb' },
    acts: { type: 'jsonb' },
    amendment: { type: 'jsonb', nullable: true },
    former: { type: 'jsonb' },
  },
});
