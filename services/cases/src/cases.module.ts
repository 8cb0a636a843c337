import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { keyRingOf } from '@okienko/chassis/key-ring';
import { Clock } from '@okienko/messaging/clock';
import { KeyRing } from '@okienko/privacy/key-ring';
import { PersonKeys } from '@okienko/privacy/person-keys';
import { PersonalData } from './access/personal-data';
import { AccessController } from './accesses/accesses.controller';
import { AccessQueries } from './accesses/accesses.queries';
import { AllocationCourseCommands } from './allocations/allocation-course.commands';
import { AllocationCourseController } from './allocations/allocation-course.controller';
import { AllocationCommands } from './allocations/allocations.commands';
import { AllocationRequestCommands } from './allocations/allocation-requests.commands';
import { AllocationRequestConsumer } from './allocations/allocation-requests.consumer';
import { AllocationRequestController } from './allocations/allocation-requests.controller';
import { AllocationConsumer } from './allocations/allocations.consumer';
import { AllocationController } from './allocations/allocations.controller';
import { AllocationQueries } from './allocations/allocations.queries';
import { ApplicationCourseCommands } from './applications/application-course.commands';
import { ApplicationCourseController } from './applications/application-course.controller';
import { CandidateQueries } from './allocations/candidates.queries';
import { ReferralCalendar } from './allocations/referral-calendar.worker';
import { ReferralCommands } from './allocations/referrals.commands';
import { SingleAllocationCommands } from './allocations/single-allocations.commands';
import { SingleAllocationController } from './allocations/single-allocations.controller';
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
import { CaseLoadController } from './case-load/case-load.controller';
import { CaseLoadQueries } from './case-load/case-load.queries';
import { CasesConfig } from './config';
import { AppealCommands } from './decisions/appeals.commands';
import { AppealController } from './decisions/appeals.controller';
import { DecisionCommands } from './decisions/decisions.commands';
import { DecisionController } from './decisions/decisions.controller';
import { DecisionQueries } from './decisions/decisions.queries';
import { HouseholdCommands } from './households/households.commands';
import { HouseholdController } from './households/households.controller';
import { HouseholdQueries } from './households/households.queries';
import { FeeCalendarCommands } from './fees/fee-calendar.commands';
import { FeeCalendar } from './fees/fee-calendar.worker';
import { FeeAppealCommands } from './fees/fee-appeals.commands';
import { FeeAppealController } from './fees/fee-appeals.controller';
import { FeeCollectionCommands } from './fees/fee-collection.commands';
import { FeeCollectionController } from './fees/fee-collection.controller';
import { FeeTrials } from './fees/fee-trials.commands';
import { FeeCommands } from './fees/fees.commands';
import { FeeController } from './fees/fees.controller';
import { FeeQueries } from './fees/fees.queries';
import { PaymentCommands } from './fees/payments.commands';
import { PaymentController } from './fees/payments.controller';
import { PaymentQueries } from './fees/payments.queries';
import { DeadlineCalendar } from './deadlines/deadline-calendar.worker';
import { DeadlineCommands } from './deadlines/deadlines.commands';
import { DeadlineGauges } from './deadlines/deadlines.gauge';
import { MeetingCommands } from './meetings/meetings.commands';
import { MeetingController } from './meetings/meetings.controller';
import { MeetingQueries } from './meetings/meetings.queries';
import { DocumentCommands } from './documents/documents.commands';
import { DocumentController } from './documents/documents.controller';
import { DocumentQueries } from './documents/documents.queries';
import { FileScan } from './files/file-scan';
import { FileUpkeepCommands } from './files/file-upkeep.commands';
import { FileUpkeep } from './files/file-upkeep.worker';
import { FileCommands } from './files/files.commands';
import { FileController } from './files/files.controller';
import { FileQueries } from './files/files.queries';
import { fileScanOf, objectStoreOf } from './files/files.setup';
import { ObjectStore } from './files/object-store';
import { NeedsRecognitionCommands } from './needs-recognitions/needs-recognitions.commands';
import { NeedsRecognitionController } from './needs-recognitions/needs-recognitions.controller';
import { NeedsRecognitionQueries } from './needs-recognitions/needs-recognitions.queries';
import { ContactCommands } from './persons/contacts.commands';
import { ContactController } from './persons/contacts.controller';
import { MatchIndexCommands } from './persons/match-index.commands';
import { MatchIndex } from './persons/match-index.worker';
import { PersonEndingCommands } from './persons/person-endings.commands';
import { RestrictionCommands } from './persons/restrictions.commands';
import { RestrictionController } from './persons/restrictions.controller';
import { RestrictionQueries } from './persons/restrictions.queries';
import { PersonCopyController } from './persons/person-copy.controller';
import { PersonCopyQueries } from './persons/person-copy.queries';
import { PersonEndingController } from './persons/person-endings.controller';
import { PersonMergeCommands } from './persons/person-merges.commands';
import { PersonMergeController } from './persons/person-merges.controller';
import { PersonMergeQueries } from './persons/person-merges.queries';
import { PersonCommands } from './persons/persons.commands';
import { PersonController } from './persons/persons.controller';
import { PersonQueries } from './persons/persons.queries';
import { Seals } from './persons/seals';
import { PlanCalendar } from './plans/plan-calendar.worker';
import { PlansSummaryCommands } from './plans-summaries/plans-summaries.commands';
import { PlansSummaryController } from './plans-summaries/plans-summaries.controller';
import { PlansSummaryQueries } from './plans-summaries/plans-summaries.queries';
import { PlanExecutionCommands } from './plans/plan-execution.commands';
import { PlanExecutionController } from './plans/plan-execution.controller';
import { PlanMonitoringCommands } from './plans/plan-monitoring.commands';
import { PlanMonitoringController } from './plans/plan-monitoring.controller';
import { PlanNeedCommands } from './plans/plan-needs.commands';
import { PlanNeedController } from './plans/plan-needs.controller';
import { PlanNeedQueries } from './plans/plan-needs.queries';
import { PlanVersionController } from './plans/plan-versions.controller';
import { PlanVersionQueries } from './plans/plan-versions.queries';
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
import { GuardianCalendar } from './representations/guardian-calendar.worker';
import { RepresentationCommands } from './representations/representations.commands';
import { BreakGlassCommands } from './break-glass/break-glass.commands';
import { BreakGlassController } from './break-glass/break-glass.controller';
import { BreakGlassGuard } from './break-glass/break-glass.guard';
import { BreakGlassQueries } from './break-glass/break-glass.queries';
import { RepresentationController } from './representations/representations.controller';
import { RepresentationQueries } from './representations/representations.queries';
import { TermsController } from './terms/terms.controller';
import { WorklistController } from './worklists/worklist.controller';
import { WorklistQueries } from './worklists/worklist.queries';
import { ReferralPacketController } from './referral-packets/referral-packets.controller';
import { ReferralPacketQueries } from './referral-packets/referral-packets.queries';
import { ProjectParticipationCommands } from './project-participations/project-participations.commands';
import { ProjectParticipationController } from './project-participations/project-participations.controller';
import { ProjectParticipationQueries } from './project-participations/project-participations.queries';
import { ProjectReportController } from './project-participations/project-reports.controller';
import { ProjectReportQueries } from './project-participations/project-reports.queries';
import { ProjectCommands } from './projects/projects.commands';
import { ProjectController } from './projects/projects.controller';
import { ProjectQueries } from './projects/projects.queries';
import { ExternalCaseCommands } from './external-cases/external-cases.commands';
import { ExternalCaseController } from './external-cases/external-cases.controller';
import { ExternalCaseQueries } from './external-cases/external-cases.queries';
import { ImportRows } from './imports/import-rows.commands';
import { ImportRun } from './imports/import-run.commands';
import { ImportWorker } from './imports/import.worker';
import { ImportCommands } from './imports/imports.commands';
import { ImportController } from './imports/imports.controller';
import { ImportQueries } from './imports/imports.queries';
import { MatterRows } from './imports/matter-rows.commands';
import { PastMatterCommands } from './imports/past-matters.commands';
import { PastMatterController } from './imports/past-matters.controller';
import { PastMatterQueries } from './imports/past-matters.queries';
import { PersonRows } from './imports/person-rows.commands';
import { DisposalRun } from './retention/disposal-run.commands';
import { DisposalWorker } from './retention/disposal.worker';
import { DisposalCommands } from './retention/disposals.commands';
import { DisposalController } from './retention/disposals.controller';
import { DisposalQueries } from './retention/disposals.queries';
import { ErasureRequestCommands } from './retention/erasure-requests.commands';
import { ErasureRequestController } from './retention/erasure-requests.controller';
import { ErasureRequestQueries } from './retention/erasure-requests.queries';
import { ErasureCommands } from './retention/erasures.commands';
import { LegalHoldCommands } from './retention/legal-holds.commands';
import { LegalHoldController } from './retention/legal-holds.controller';
import { LegalHoldQueries } from './retention/legal-holds.queries';

/** Table of contents of the service, in the order of the process. */
@Module({
  controllers: [
    ProgrammeConsumer,
    CapacityConsumer,
    PersonController,
    ContactController,
    PersonMergeController,
    PersonEndingController,
    RestrictionController,
    PersonCopyController,
    HouseholdController,
    RepresentationController,
    BreakGlassController,
    AuthorisationController,
    ApplicationController,
    ApplicationCourseController,
    ApplicationItemController,
    QualificationController,
    WaitingListController,
    DecisionController,
    AppealController,
    NeedsRecognitionController,
    PlanNeedController,
    PlanController,
    PlanVersionController,
    PlanExecutionController,
    PlanMonitoringController,
    AllocationController,
    AllocationCourseController,
    SingleAllocationController,
    AllocationConsumer,
    AllocationRequestController,
    AllocationRequestConsumer,
    FeeController,
    FeeCollectionController,
    FeeAppealController,
    PaymentController,
    TermsController,
    WorklistController,
    MeetingController,
    CaseLoadController,
    PlansSummaryController,
    DocumentController,
    FileController,
    ReferralPacketController,
    ProjectController,
    ProjectReportController,
    ProjectParticipationController,
    ExternalCaseController,
    ImportController,
    PastMatterController,
    AccessController,
    LegalHoldController,
    DisposalController,
    ErasureRequestController,
  ],
  providers: [
    {
      provide: KeyRing,
      inject: [CasesConfig],
      useFactory: (config: CasesConfig) => keyRingOf(config, config.MASTER_KEY, config.BLIND_INDEX_KEY),
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
    { provide: ObjectStore, inject: [CasesConfig], useFactory: objectStoreOf },
    { provide: FileScan, inject: [CasesConfig], useFactory: fileScanOf },
    ProgrammeCommands,
    CapacityCommands,
    PersonCommands,
    ContactCommands,
    PersonQueries,
    PersonMergeCommands,
    PersonMergeQueries,
    PersonEndingCommands,
    RestrictionCommands,
    RestrictionQueries,
    PersonCopyQueries,
    MatchIndexCommands,
    MatchIndex,
    HouseholdCommands,
    HouseholdQueries,
    RepresentationCommands,
    BreakGlassCommands,
    BreakGlassQueries,
    { provide: APP_GUARD, useClass: BreakGlassGuard },
    GuardianCalendar,
    RepresentationQueries,
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
    PlanNeedCommands,
    PlanNeedQueries,
    PlanCommands,
    PlanExecutionCommands,
    PlanMonitoringCommands,
    PlanQueries,
    PlanVersionQueries,
    PlanCalendar,
    AllocationCommands,
    AllocationCourseCommands,
    SingleAllocationCommands,
    AllocationRequestCommands,
    ReferralCommands,
    ReferralCalendar,
    AllocationQueries,
    CandidateQueries,
    FeeCommands,
    FeeTrials,
    FeeCollectionCommands,
    FeeAppealCommands,
    FeeCalendarCommands,
    FeeCalendar,
    FeeQueries,
    PaymentCommands,
    PaymentQueries,
    DeadlineCommands,
    DeadlineCalendar,
    DeadlineGauges,
    WorklistQueries,
    MeetingCommands,
    MeetingQueries,
    CaseLoadQueries,
    PlansSummaryCommands,
    PlansSummaryQueries,
    DocumentCommands,
    DocumentQueries,
    FileCommands,
    FileQueries,
    FileUpkeepCommands,
    FileUpkeep,
    ReferralPacketQueries,
    ProjectCommands,
    ProjectQueries,
    ProjectReportQueries,
    ProjectParticipationCommands,
    ProjectParticipationQueries,
    ExternalCaseCommands,
    ExternalCaseQueries,
    ImportCommands,
    ImportQueries,
    ImportRows,
    ImportRun,
    ImportWorker,
    PersonRows,
    MatterRows,
    PastMatterCommands,
    PastMatterQueries,
    AccessQueries,
    ErasureCommands,
    LegalHoldCommands,
    LegalHoldQueries,
    DisposalCommands,
    DisposalRun,
    DisposalQueries,
    DisposalWorker,
    ErasureRequestCommands,
    ErasureRequestQueries,
  ],
})
export class CasesModule {}
