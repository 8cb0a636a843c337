import type { EntitySchema } from 'typeorm';
import { catalogueImportMapping } from './catalogues/catalogue-import.mapping';
import { communityPlanMapping } from './community-plans/community-plan.mapping';
import { diagnosisMapping } from './diagnoses/diagnosis.mapping';
import { needReportMapping } from './need-reports/need-report.mapping';
import { officeMapping } from './offices/office.mapping';
import { programmeMapping } from './programmes/programme.mapping';
import { yearlyReportMapping } from './reports/yearly-report.mapping';
import { serviceOfferMapping } from './service-offers/service-offer.mapping';

export const mappings: readonly EntitySchema[] = [
  programmeMapping,
  serviceOfferMapping,
  officeMapping,
  catalogueImportMapping,
  needReportMapping,
  diagnosisMapping,
  communityPlanMapping,
  yearlyReportMapping,
];
