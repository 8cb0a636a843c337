import { Module } from '@nestjs/common';
import { AreaController } from './areas/areas.controller';
import { ApplicationConsumer } from './capacities/applications.consumer';
import { CapacityConsumer } from './capacities/capacities.consumer';
import { ProgrammeCalendar } from './programmes/programme-calendar.worker';
import { ProgrammeCommands } from './programmes/programmes.commands';
import { ProgrammeController } from './programmes/programmes.controller';
import { ProgrammeQueries } from './programmes/programmes.queries';
import { AllocationConsumer } from './reports/allocations.consumer';
import { ClosingInformationCommands } from './reports/closing-information.commands';
import { ClosingInformationController } from './reports/closing-information.controller';
import { ClosingInformationQueries } from './reports/closing-information.queries';
import { DeliveryConsumer } from './reports/deliveries.consumer';
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
    ProgrammeController,
    ServiceOfferController,
    SearchController,
    CapacityConsumer,
    ApplicationConsumer,
    AllocationConsumer,
    DeliveryConsumer,
    ClosingInformationController,
    YearlyReportController,
  ],
  providers: [
    ProgrammeCalendar,
    ProgrammeCommands,
    ProgrammeQueries,
    ServiceOfferCommands,
    ServiceOfferQueries,
    ClosingInformationCommands,
    ClosingInformationQueries,
    YearlyReportCommands,
    YearlyReportQueries,
    SearchQueries,
    SynonymCommands,
    SearchIndexWorker,
  ],
})
export class CatalogueModule {}
