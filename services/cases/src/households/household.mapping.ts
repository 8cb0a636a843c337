import { table } from '../table.mapping';
import { Household } from './household';

export const householdMapping = table(Household, 'household', { unit: 'text', members: 'jsonb' });
