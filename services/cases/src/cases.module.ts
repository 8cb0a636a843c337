import { Module } from '@nestjs/common';
import { Clock } from '@okienko/messaging/clock';
import { KeyRing } from '@okienko/privacy/key-ring';
import { PersonKeys } from '@okienko/privacy/person-keys';
import { PersonalData } from './access/personal-data';
import { AllocationCommands } from './allocations/allocations.commands';
import { AllocationConsumer } from './allocations/allocations.consumer';
import { AllocationController } from './allocations/allocations.controller';
import { AllocationQueries } from './allocations/allocations.queries';
import { ApplicationCourseCommands } from './applications/application-course.commands';
import { ApplicationCourseController } from './applications/application-course.controller';
import { ApplicationItemCommands } from './applications/application-items.commands';
import { ApplicationItemController } from './applications/application-items.controller';
import { ApplicationCommands } from './applications/applications.commands';
import { ApplicationController } from './applications/applications.controller';
import { ApplicationQueries } from './applications/applications.queries';
import { AuthorisationCommands } from './authorisations/authorisations.commands';
import { AuthorisationController } from './authorisations/authorisations.controller';
import { AuthorisationQueries } from './authorisations/authorisations.queries';
import { CapacityCommands } from './capacities/capacities.commands';
import { CapacityConsumer } from './capacities/capacities.consumer';
import { CasesConfig } from './config';
import { AppealCommands } from './decisions/appeals.commands';
import { AppealController } from './decisions/appeals.controller';
import { DecisionCommands } from './decisions/decisions.commands';
import { DecisionController } from './decisions/decisions.controller';
import { DecisionQueries } from './decisions/decisions.queries';
import { NeedsRecognitionCommands } from './needs-recognitions/needs-recognitions.commands';
import { NeedsRecognitionController } from './needs-recognitions/needs-recognitions.controller';
import { NeedsRecognitionQueries } from './needs-recognitions/needs-recognitions.queries';
import { PersonCommands } from './persons/persons.commands';
import { PersonController } from './persons/persons.controller';
import { PersonQueries } from './persons/persons.queries';
import { Seals } from './persons/seals';
import { PlanExecutionCommands } from './plans/plan-execution.commands';
import { PlanExecutionController } from './plans/plan-execution.controller';
import { PlanCommands } from './plans/plans.commands';
import { PlanController } from './plans/plans.controller';
import { PlanQueries } from './plans/plans.queries';
import { ProgrammeCommands } from './programmes/programmes.commands';
import { ProgrammeConsumer } from './programmes/programmes.consumer';
import { QualificationCommands } from './qualifications/qualifications.commands';
import { QualificationController } from './qualifications/qualifications.controller';
import { WaitingListWorker } from './waiting-lists/waiting-list.worker';
import { WaitingListCommands } from './waiting-lists/waiting-lists.commands';
import { WaitingListController } from './waiting-lists/waiting-lists.controller';
import { WaitingListQueries } from './waiting-lists/waiting-lists.queries';

/** Table of contents of the service, in the order of the process. */
@Module({
  controllers: [
    ProgrammeConsumer,
    CapacityConsumer,
    PersonController,
    AuthorisationController,
    ApplicationController,
    ApplicationCourseController,
    ApplicationItemController,
    QualificationController,
    WaitingListController,
    DecisionController,
    AppealController,
    NeedsRecognitionController,
    PlanController,
    PlanExecutionController,
    AllocationController,
    AllocationConsumer,
  ],
  providers: [
    {
      provide: KeyRing,
      inject: [CasesConfig],
      useFactory: (config: CasesConfig) => KeyRing.fromEnvironmentValues(config.MASTER_KEY, config.BLIND_INDEX_KEY),
    },
    {
      provide: PersonalData,
      inject: [KeyRing, Clock],
      useFactory: (ring: KeyRing, clock: Clock) => new PersonalData(new PersonKeys(ring), clock),
    },
    {
      provide: Seals,
      inject: [KeyRing, CasesConfig],
      useFactory: (ring: KeyRing, config: CasesConfig) =>
        Seals.with(ring, JSON.parse(config.SEALING_PUBLIC_KEY) as object),
    },
    ProgrammeCommands,
    CapacityCommands,
    PersonCommands,
    PersonQueries,
    AuthorisationCommands,
    AuthorisationQueries,
    ApplicationCommands,
    ApplicationCourseCommands,
    ApplicationItemCommands,
    ApplicationQueries,
    QualificationCommands,
    WaitingListCommands,
    WaitingListQueries,
    WaitingListWorker,
    DecisionCommands,
    AppealCommands,
    DecisionQueries,
    NeedsRecognitionCommands,
    NeedsRecognitionQueries,
    PlanCommands,
    PlanExecutionCommands,
    PlanQueries,
    AllocationCommands,
    AllocationQueries,
  ],
})
export class CasesModule {}
