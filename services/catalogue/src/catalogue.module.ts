import { Module } from '@nestjs/common';
import { keyRingOf } from '@okienko/chassis/key-ring';
import { KeyRing } from '@okienko/privacy/key-ring';
import { PersonKeys } from '@okienko/privacy/person-keys';
import { AreaController } from './areas/areas.controller';
import { ApplicationConsumer } from './capacities/applications.consumer';
import { CapacityConsumer } from './capacities/capacities.consumer';
import { CatalogueCommands } from './catalogues/catalogues.commands';
import { CatalogueController } from './catalogues/catalogues.controller';
import { CatalogueQueries } from './catalogues/catalogues.queries';
import { ChangePositions } from './changes/change-positions.worker';
import { ChangeController } from './changes/changes.controller';
import { ChangeQueries } from './changes/changes.queries';
import { CommunityPlanCommands } from './community-plans/community-plans.commands';
import { CommunityPlanController } from './community-plans/community-plans.controller';
import { CommunityPlanQueries } from './community-plans/community-plans.queries';
import { SupportingActivityController } from './community-plans/supporting-activities.controller';
import { CatalogueConfig } from './config';
import { DataCategoryController } from './data-categories/data-categories.controller';
import { DiagnosisCommands } from './diagnoses/diagnoses.commands';
import { DiagnosisController } from './diagnoses/diagnoses.controller';
import { DiagnosisQueries } from './diagnoses/diagnoses.queries';
import { HsdsImportCommands } from './hsds/hsds-imports.commands';
import { HsdsImportController } from './hsds/hsds-imports.controller';
import { HsdsController } from './hsds/hsds.controller';
import { HsdsQueries } from './hsds/hsds.queries';
import { NeedReportApplications } from './need-reports/need-report-applications.worker';
import { NeedReportRetention } from './need-reports/need-report-retention.worker';
import { NeedReportCommands } from './need-reports/need-reports.commands';
import { NeedReportController } from './need-reports/need-reports.controller';
import { NeedReportQueries } from './need-reports/need-reports.queries';
import { Receipts } from './need-reports/receipts';
import { UnmetNeedController } from './need-reports/unmet-needs.controller';
import { UnmetNeedQueries } from './need-reports/unmet-needs.queries';
import { OfficeController } from './offices/offices.controller';
import { OfficeQueries } from './offices/offices.queries';
import { ProgrammeCalendar } from './programmes/programme-calendar.worker';
import { ProgrammeTrials } from './programmes/programme-trials.queries';
import { ProgrammeCommands } from './programmes/programmes.commands';
import { ProgrammeController } from './programmes/programmes.controller';
import { ProgrammeQueries } from './programmes/programmes.queries';
import { AllocationConsumer } from './reports/allocations.consumer';
import { ClosingInformationCommands } from './reports/closing-information.commands';
import { ClosingInformationController } from './reports/closing-information.controller';
import { ClosingInformationQueries } from './reports/closing-information.queries';
import { DeliveryConsumer } from './reports/deliveries.consumer';
import { SettlementConsumer } from './reports/settlements.consumer';
import { YearlyReportCommands } from './reports/yearly-reports.commands';
import { YearlyReportController } from './reports/yearly-reports.controller';
import { YearlyReportQueries } from './reports/yearly-reports.queries';
import { SearchIndexWorker } from './search/search-index.worker';
import { SearchController } from './search/search.controller';
import { SearchQueries } from './search/search.queries';
import { SynonymCommands } from './search/synonyms.commands';
import { ServiceOfferCommands } from './service-offers/service-offers.commands';
import { ServiceOfferController } from './service-offers/service-offers.controller';
import { ServiceOfferQueries } from './service-offers/service-offers.queries';

/** The service's table of contents. */
@Module({
  controllers: [
    AreaController,
    DataCategoryController,
    ProgrammeController,
    ServiceOfferController,
    SearchController,
    CapacityConsumer,
    NeedReportController,
    UnmetNeedController,
    DiagnosisController,
    CommunityPlanController,
    SupportingActivityController,
    HsdsController,
    HsdsImportController,
    ChangeController,
    CatalogueController,
    OfficeController,
    ApplicationConsumer,
    AllocationConsumer,
    DeliveryConsumer,
    SettlementConsumer,
    ClosingInformationController,
    YearlyReportController,
  ],
  providers: [
    ProgrammeCalendar,
    ProgrammeCommands,
    ProgrammeQueries,
    ProgrammeTrials,
    ServiceOfferCommands,
    ServiceOfferQueries,
    ClosingInformationCommands,
    ClosingInformationQueries,
    YearlyReportCommands,
    YearlyReportQueries,
    SearchQueries,
    SynonymCommands,
    SearchIndexWorker,
    {
      provide: KeyRing,
      inject: [CatalogueConfig],
      useFactory: (config: CatalogueConfig) => keyRingOf(config, config.MASTER_KEY, config.RECEIPT_KEY),
    },
    { provide: PersonKeys, inject: [KeyRing], useFactory: (ring: KeyRing) => new PersonKeys(ring) },
    { provide: Receipts, inject: [KeyRing], useFactory: (ring: KeyRing) => new Receipts(ring) },
    NeedReportCommands,
    NeedReportQueries,
    NeedReportRetention,
    NeedReportApplications,
    UnmetNeedQueries,
    DiagnosisCommands,
    DiagnosisQueries,
    CommunityPlanCommands,
    CommunityPlanQueries,
    HsdsQueries,
    HsdsImportCommands,
    ChangeQueries,
    CatalogueCommands,
    CatalogueQueries,
    OfficeQueries,
    ChangePositions,
  ],
})
export class CatalogueModule {}
