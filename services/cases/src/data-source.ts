import { allocationMapping } from './allocations/allocation.mapping';
import { applicationMapping } from './applications/application.mapping';
import { authorisationMapping } from './authorisations/authorisation.mapping';
import { decisionMapping } from './decisions/decision.mapping';
import { issuedDocumentMapping } from './documents/issued-document.mapping';
import { attachedFileMapping } from './files/attached-file.mapping';
import { needsRecognitionMapping } from './needs-recognitions/needs-recognition.mapping';
import { personContactMapping } from './persons/person-contact.mapping';
import { personMapping } from './persons/person.mapping';
import { individualPlanMapping } from './plans/individual-plan.mapping';

export const mappings = [
  personMapping,
  personContactMapping,
  authorisationMapping,
  applicationMapping,
  decisionMapping,
  needsRecognitionMapping,
  individualPlanMapping,
  allocationMapping,
  issuedDocumentMapping,
  attachedFileMapping,
];
