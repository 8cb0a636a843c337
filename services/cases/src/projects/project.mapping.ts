import { table } from '../table.mapping';
import { Project } from './project';

export const projectMapping = table(Project, 'project', {
  code: 'text',
  fund: 'text',
  name: 'text',
  validFrom: 'date',
  validTo: 'date',
  indicators: 'jsonb',
});
