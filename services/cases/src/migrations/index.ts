import { CreateCases1764748800000 } from './1764748800000-create-cases';
import { DataScopes1795450000000 } from './1795450000000-data-scopes';
import { GroundworkOfCases1795500000000 } from './1795500000000-groundwork-of-cases';
import { AllocationsOfTheAct1795500500000 } from './1795500500000-allocations-of-the-act';

export const migrations = [
  CreateCases1764748800000,
  DataScopes1795450000000,
  GroundworkOfCases1795500000000,
  AllocationsOfTheAct1795500500000,
];
