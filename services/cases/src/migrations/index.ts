import { CreateCases1764748800000 } from './1764748800000-create-cases';
import { DataScopes1795450000000 } from './1795450000000-data-scopes';
import { GroundworkOfCases1795500000000 } from './1795500000000-groundwork-of-cases';
import { ApplicationsAsAWhole1795500200000 } from './1795500200000-applications-as-a-whole';
import { QualificationAppealsWaitingLists1795500300000 } from './1795500300000-qualification-appeals-waiting-lists';

export const migrations = [
  CreateCases1764748800000,
  DataScopes1795450000000,
  GroundworkOfCases1795500000000,
  ApplicationsAsAWhole1795500200000,
  QualificationAppealsWaitingLists1795500300000,
];
