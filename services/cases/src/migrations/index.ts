import { CreateCases1764748800000 } from './1764748800000-create-cases';
import { DataScopes1795450000000 } from './1795450000000-data-scopes';
import { GroundworkOfCases1795500000000 } from './1795500000000-groundwork-of-cases';
import { Fees1795500600000 } from './1795500600000-fees';

export const migrations = [
  CreateCases1764748800000,
  DataScopes1795450000000,
  GroundworkOfCases1795500000000,
  Fees1795500600000,
];
