import { table } from '../table.mapping';
import { PastMatter } from './past-matter';

export const pastMatterMapping = table(PastMatter, 'past_matter', {
  unit: 'text',
  personId: 'uuid',
  importedFrom: 'jsonb',
  words: 'bytea',
});
