import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { keyRingOf } from '@okienko/chassis/key-ring';
import { Clock } from '@okienko/messaging/clock';
import { KeyRing } from '@okienko/privacy/key-ring';
import { PersonKeys } from '@okienko/privacy/person-keys';
import { ActiveAccountGuard } from './access/active-account.guard';
import { PersonalData } from './access/personal-data';
import { AgreementCalendarCommands } from './agreements/agreement-calendar.commands';
import { AgreementCalendar } from './agreements/agreement-calendar.worker';
import { AgreementCommands } from './agreements/agreements.commands';
import { AgreementController } from './agreements/agreements.controller';
import { AgreementQueries } from './agreements/agreements.queries';
import { AvailabilityController } from './capacities/availability.controller';
import { AvailabilityQueries } from './capacities/availability.queries';
import { CapacityCommands } from './capacities/capacities.commands';
import { CapacityController } from './capacities/capacities.controller';
import { CapacityQueries } from './capacities/capacities.queries';
import { CapacityHoldCommands } from './capacities/capacity-holds.commands';
import { CapacityHoldController } from './capacities/capacity-holds.controller';
import { CapacityHoldKeeper } from './capacities/capacity-holds.worker';
import { ComplaintCalendar } from './complaints/complaint-calendar.worker';
import { ComplaintCommands } from './complaints/complaints.commands';
import { CopyController } from './copies/copies.controller';
import { CopyQueries } from './copies/copies.queries';
import { ComplaintController } from './complaints/complaints.controller';
import { ComplaintQueries } from './complaints/complaints.queries';
import { ErasureConsumer } from './complaints/erasures.consumer';
import { PositionCommands } from './complaints/positions.commands';
import { PositionController } from './complaints/positions.controller';
import { ProvidersConfig } from './config';
import { DeliveryCommands } from './deliveries/deliveries.commands';
import { DeliveryController } from './deliveries/deliveries.controller';
import { DeliveryQueries } from './deliveries/deliveries.queries';
import { DeliveryBatches } from './deliveries/delivery-batches.commands';
import { DeliveryDecisions } from './deliveries/delivery-decisions.commands';
import { ExcessPermitCommands } from './deliveries/excess-permits.commands';
import { ExcessPermitQueries } from './deliveries/excess-permits.queries';
import { OrderDeliveryController } from './deliveries/order-deliveries.controller';
import { CountQueries } from './figures/counts.queries';
import { FigureController } from './figures/figures.controller';
import { FigureQueries } from './figures/figures.queries';
import { FindingCalendar } from './inspections/finding-calendar.worker';
import { FindingCommands } from './inspections/findings.commands';
import { FindingController } from './inspections/findings.controller';
import { InspectionCommands } from './inspections/inspections.commands';
import { InspectionController } from './inspections/inspections.controller';
import { InspectionQueries } from './inspections/inspections.queries';
import { OfferConsumer } from './offers/offers.consumer';
import { PerformerCalendar } from './performers/performer-calendar.worker';
import { PerformerProofCommands } from './performers/performer-proofs.commands';
import { PerformerProofController } from './performers/performer-proofs.controller';
import { PerformerCommands } from './performers/performers.commands';
import { PerformerController } from './performers/performers.controller';
import { PerformerQueries } from './performers/performers.queries';
import { RequiredQualificationCommands } from './performers/required-qualifications.commands';
import { RequiredQualificationController } from './performers/required-qualifications.controller';
import { RequiredQualificationQueries } from './performers/required-qualifications.queries';
import { PlaceCommands } from './places/places.commands';
import { PlaceController } from './places/places.controller';
import { PlaceQueries } from './places/places.queries';
import { ProviderCalendar } from './providers/provider-calendar.worker';
import { ProviderCommands } from './providers/providers.commands';
import { ProviderController } from './providers/providers.controller';
import { ProviderQueries } from './providers/providers.queries';
import { ScheduleCommands } from './schedules/schedules.commands';
import { ScheduleController } from './schedules/schedules.controller';
import { ScheduleQueries } from './schedules/schedules.queries';
import { AnswerTokenIssuer } from './service-orders/answer-token.issuer';
import { OrderAnswerController } from './service-orders/order-answers.controller';
import { OrderCalendar } from './service-orders/order-calendar.worker';
import { OrderCorrespondenceCommands } from './service-orders/order-correspondence.commands';
import { OrderCorrespondenceConsumer } from './service-orders/order-correspondence.consumer';
import { OrderCorrespondenceController } from './service-orders/order-correspondence.controller';
import { ServiceOrderCommands } from './service-orders/service-orders.commands';
import { ServiceOrderConsumer } from './service-orders/service-orders.consumer';
import { ServiceOrderController } from './service-orders/service-orders.controller';
import { ServiceOrderGauges } from './service-orders/service-orders.gauge';
import { ServiceOrderQueries } from './service-orders/service-orders.queries';
import { StaffMemberCommands } from './staff-members/staff-members.commands';
import { StaffMemberController } from './staff-members/staff-members.controller';
import { StaffMemberQueries } from './staff-members/staff-members.queries';
import { DrawDownController } from './settlements/draw-downs.controller';
import { InvoiceQueries } from './settlements/invoices.queries';
import { SettlementDecisionCommands } from './settlements/settlement-decisions.commands';
import { SettlementReplayQueries } from './settlements/settlement-replays.queries';
import { SettlementCommands } from './settlements/settlements.commands';
import { SettlementController } from './settlements/settlements.controller';
import { SettlementQueries } from './settlements/settlements.queries';
import { SurveyAnswerController } from './surveys/survey-answers.controller';
import { SurveyCalendar } from './surveys/survey-calendar.worker';
import { SurveyTokenIssuer } from './surveys/survey-token.issuer';
import { SurveyCommands } from './surveys/surveys.commands';
import { SurveyController } from './surveys/surveys.controller';
import { SurveyQueries } from './surveys/surveys.queries';
import { AgreementStandardCommands } from './standards/agreement-standards.commands';
import { AgreementStandardController } from './standards/agreement-standards.controller';
import { StandardCommands } from './standards/standards.commands';
import { StandardController } from './standards/standards.controller';
import { StandardQueries } from './standards/standards.queries';

@Module({
  controllers: [
    ProviderController,
    PlaceController,
    StaffMemberController,
    PerformerController,
    PerformerProofController,
    RequiredQualificationController,
    OfferConsumer,
    CapacityController,
    CapacityHoldController,
    AvailabilityController,
    ServiceOrderController,
    ServiceOrderConsumer,
    OrderCorrespondenceController,
    OrderCorrespondenceConsumer,
    OrderAnswerController,
    DeliveryController,
    OrderDeliveryController,
    ScheduleController,
    AgreementController,
    SettlementController,
    DrawDownController,
    SurveyController,
    SurveyAnswerController,
    FigureController,
    StandardController,
    AgreementStandardController,
    InspectionController,
    FindingController,
    ComplaintController,
    CopyController,
    ErasureConsumer,
    PositionController,
  ],
  providers: [
    {
      provide: KeyRing,
      inject: [ProvidersConfig],
      useFactory: (config: ProvidersConfig) => keyRingOf(config, config.MASTER_KEY),
    },
    {
      provide: PersonalData,
      inject: [KeyRing, Clock],
      useFactory: (ring: KeyRing, clock: Clock) => new PersonalData(new PersonKeys(ring), clock),
    },
    { provide: APP_GUARD, useClass: ActiveAccountGuard },
    ProviderCommands,
    ProviderQueries,
    ProviderCalendar,
    PlaceCommands,
    PlaceQueries,
    StaffMemberCommands,
    StaffMemberQueries,
    PerformerCommands,
    PerformerProofCommands,
    PerformerQueries,
    PerformerCalendar,
    RequiredQualificationCommands,
    RequiredQualificationQueries,
    CapacityCommands,
    CapacityQueries,
    CapacityHoldCommands,
    CapacityHoldKeeper,
    AvailabilityQueries,
    ServiceOrderCommands,
    ServiceOrderQueries,
    OrderCorrespondenceCommands,
    OrderCalendar,
    ServiceOrderGauges,
    AnswerTokenIssuer,
    DeliveryCommands,
    DeliveryQueries,
    DeliveryBatches,
    DeliveryDecisions,
    ExcessPermitCommands,
    ExcessPermitQueries,
    ScheduleCommands,
    ScheduleQueries,
    AgreementCommands,
    AgreementQueries,
    AgreementCalendarCommands,
    AgreementCalendar,
    SettlementCommands,
    SettlementDecisionCommands,
    SettlementQueries,
    InvoiceQueries,
    SettlementReplayQueries,
    SurveyCommands,
    SurveyQueries,
    SurveyTokenIssuer,
    SurveyCalendar,
    CountQueries,
    FigureQueries,
    StandardCommands,
    AgreementStandardCommands,
    StandardQueries,
    InspectionCommands,
    FindingCommands,
    FindingCalendar,
    InspectionQueries,
    ComplaintCommands,
    PositionCommands,
    ComplaintCalendar,
    ComplaintQueries,
    CopyQueries,
  ],
})
export class ProvidersModule {}
