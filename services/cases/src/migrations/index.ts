import { CreateCases1764748800000 } from './1764748800000-create-cases';
import { DataScopes1795450000000 } from './1795450000000-data-scopes';

export const migrations = [CreateCases1764748800000, DataScopes1795450000000];
