import { allocationMapping } from './allocations/allocation.mapping';
import { applicationMapping } from './applications/application.mapping';
import { authorisationMapping } from './authorisations/authorisation.mapping';
import { decisionMapping } from './decisions/decision.mapping';
import { needsRecognitionMapping } from './needs-recognitions/needs-recognition.mapping';
import { personContactMapping } from './persons/person-contact.mapping';
import { personMapping } from './persons/person.mapping';
import { individualPlanMapping } from './plans/individual-plan.mapping';
import { waitingListEntryMapping } from './waiting-lists/waiting-list-entry.mapping';

export const mappings = [
  personMapping,
  personContactMapping,
  authorisationMapping,
  applicationMapping,
  waitingListEntryMapping,
  decisionMapping,
  needsRecognitionMapping,
  individualPlanMapping,
  allocationMapping,
];
