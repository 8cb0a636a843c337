import { CreateCases1764748800000 } from './1764748800000-create-cases';
import { DataScopes1795450000000 } from './1795450000000-data-scopes';
import { GroundworkOfCases1795500000000 } from './1795500000000-groundwork-of-cases';
import { ClocksAndWorklists1795500700000 } from './1795500700000-clocks-and-worklists';

export const migrations = [
  CreateCases1764748800000,
  DataScopes1795450000000,
  GroundworkOfCases1795500000000,
  ClocksAndWorklists1795500700000,
];
