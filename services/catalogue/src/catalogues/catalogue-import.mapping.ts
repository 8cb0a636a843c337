import { EntitySchema } from 'typeorm';
import { CatalogueImport } from './catalogue-import';

interface CatalogueImportRow {
  id: string;
  version: number;
  content: object;
}

export const catalogueImportMapping = new EntitySchema<CatalogueImportRow>({
  name: 'CatalogueImport',
  target: CatalogueImport,
  tableName: 'catalogue_import',
  columns: {
    id: { type: 'uuid', primary: true },
    version: { type: 'int' },
    content: { type: 'jsonb' },
  },
});
