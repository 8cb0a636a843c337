import { CreateCases1764748800000 } from './1764748800000-create-cases';
import { DataScopes1795450000000 } from './1795450000000-data-scopes';
import { GroundworkOfCases1795500000000 } from './1795500000000-groundwork-of-cases';
import { PersonsAndHouseholds1795500100000 } from './1795500100000-persons-and-households';
import { ApplicationsAsAWhole1795500200000 } from './1795500200000-applications-as-a-whole';
import { QualificationAppealsWaitingLists1795500300000 } from './1795500300000-qualification-appeals-waiting-lists';
import { PlansInVersions1795500400000 } from './1795500400000-plans-in-versions';
import { AllocationsOfTheAct1795500500000 } from './1795500500000-allocations-of-the-act';
import { Fees1795500600000 } from './1795500600000-fees';
import { ClocksAndWorklists1795500700000 } from './1795500700000-clocks-and-worklists';
import { DocumentsAndFiles1795500800000 } from './1795500800000-documents-and-files';
import { EuProjects1795500900000 } from './1795500900000-eu-projects';
import { DecisionsOfFees1795501000000 } from './1795501000000-decisions-of-fees';
import { ImportsAndExternalCases1795501100000 } from './1795501100000-imports-and-external-cases';
import { DistancesAndDismissedPayments1795501200000 } from './1795501200000-distances-and-dismissed-payments';
import { RequestsOfAllocations1795501300000 } from './1795501300000-requests-of-allocations';
import { GuardiansOfContacts1795502000000 } from './1795502000000-guardians-of-contacts';
import { Revocations1796000110000 } from './1796000110000-revocations';
import { BreakGlass1796000110100 } from './1796000110100-break-glass';
import { RotationOfKeys1796000120000 } from './1796000120000-rotation-of-keys';
import { RetentionAndErasure1796000130000 } from './1796000130000-retention-and-erasure';
import { AccessLogKeeping1796000140000 } from './1796000140000-access-log-keeping';
import { LineageOfDatabase1796000160000 } from './1796000160000-lineage-of-database';
import { AnswersToRequestsForErasure1796200000000 } from './1796200000000-answers-to-requests-for-erasure';

export const migrations = [
  CreateCases1764748800000,
  DataScopes1795450000000,
  GroundworkOfCases1795500000000,
  PersonsAndHouseholds1795500100000,
  ApplicationsAsAWhole1795500200000,
  QualificationAppealsWaitingLists1795500300000,
  PlansInVersions1795500400000,
  AllocationsOfTheAct1795500500000,
  Fees1795500600000,
  ClocksAndWorklists1795500700000,
  DocumentsAndFiles1795500800000,
  EuProjects1795500900000,
  DecisionsOfFees1795501000000,
  ImportsAndExternalCases1795501100000,
  DistancesAndDismissedPayments1795501200000,
  RequestsOfAllocations1795501300000,
  GuardiansOfContacts1795502000000,
  Revocations1796000110000,
  BreakGlass1796000110100,
  RotationOfKeys1796000120000,
  RetentionAndErasure1796000130000,
  AccessLogKeeping1796000140000,
  LineageOfDatabase1796000160000,
  AnswersToRequestsForErasure1796200000000,
];
