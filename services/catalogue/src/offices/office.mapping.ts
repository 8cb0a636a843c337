import { EntitySchema } from 'typeorm';
import { Office, type OfficeContent } from './office';

interface OfficeRow {
  id: string;
  version: number;
  key: string;
  content: OfficeContent;
}

export const officeMapping = new EntitySchema<OfficeRow>({
  name: 'Office',
  target: Office,
  tableName: 'office',
  columns: {
    id: { type: 'uuid', primary: true },
    version: { type: 'int' },
    key: { type: 'text' },
    content: { type: 'jsonb' },
  },
});
