import { CreateCases1764748800000 } from './1764748800000-create-cases';
import { DataScopes1795450000000 } from './1795450000000-data-scopes';
import { GroundworkOfCases1795500000000 } from './1795500000000-groundwork-of-cases';
import { DocumentsAndFiles1795500800000 } from './1795500800000-documents-and-files';

export const migrations = [
  CreateCases1764748800000,
  DataScopes1795450000000,
  GroundworkOfCases1795500000000,
  DocumentsAndFiles1795500800000,
];
