import { breakGlassMapping } from './break-glass/break-glass.mapping';
import { allocationMapping } from './allocations/allocation.mapping';
import { applicationMapping } from './applications/application.mapping';
import { authorisationMapping } from './authorisations/authorisation.mapping';
import { deadlineMapping } from './deadlines/deadline.mapping';
import { decisionMapping } from './decisions/decision.mapping';
import { householdMapping } from './households/household.mapping';
import { dismissedPaymentMapping } from './fees/dismissed-payment.mapping';
import { feeMapping } from './fees/fee.mapping';
import { meetingMapping } from './meetings/meeting.mapping';
import { issuedDocumentMapping } from './documents/issued-document.mapping';
import { attachedFileMapping } from './files/attached-file.mapping';
import { needsRecognitionMapping } from './needs-recognitions/needs-recognition.mapping';
import { personContactMapping } from './persons/person-contact.mapping';
import { personMapping } from './persons/person.mapping';
import { plansSummaryMapping } from './plans-summaries/plans-summary.mapping';
import { individualPlanMapping } from './plans/individual-plan.mapping';
import { waitingListEntryMapping } from './waiting-lists/waiting-list-entry.mapping';
import { planNeedMapping } from './plans/plan-need.mapping';
import { representationMapping } from './representations/representation.mapping';
import { projectMapping } from './projects/project.mapping';
import { projectParticipationMapping } from './project-participations/project-participation.mapping';
import { dataImportMapping } from './imports/data-import.mapping';
import { pastMatterMapping } from './imports/past-matter.mapping';
import { externalCaseMapping } from './external-cases/external-case.mapping';
import { disposalMapping } from './retention/disposal.mapping';
import { erasureRequestMapping } from './retention/erasure-request.mapping';
import { legalHoldMapping } from './retention/legal-hold.mapping';

export const mappings = [
  personMapping,
  personContactMapping,
  householdMapping,
  representationMapping,
  authorisationMapping,
  applicationMapping,
  waitingListEntryMapping,
  decisionMapping,
  needsRecognitionMapping,
  individualPlanMapping,
  planNeedMapping,
  allocationMapping,
  feeMapping,
  dismissedPaymentMapping,
  deadlineMapping,
  meetingMapping,
  plansSummaryMapping,
  issuedDocumentMapping,
  attachedFileMapping,
  projectMapping,
  projectParticipationMapping,
  dataImportMapping,
  pastMatterMapping,
  externalCaseMapping,
  breakGlassMapping,
  legalHoldMapping,
  disposalMapping,
  erasureRequestMapping,
];
