import { Module } from '@nestjs/common';
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
import { DeliveryCommands } from './deliveries/deliveries.commands';
import { DeliveryController } from './deliveries/deliveries.controller';
import { DeliveryQueries } from './deliveries/deliveries.queries';
import { OfferConsumer } from './offers/offers.consumer';
import { ProviderCommands } from './providers/providers.commands';
import { ProviderController } from './providers/providers.controller';
import { ProviderQueries } from './providers/providers.queries';
import { ServiceOrderCommands } from './service-orders/service-orders.commands';
import { ServiceOrderConsumer } from './service-orders/service-orders.consumer';
import { ServiceOrderController } from './service-orders/service-orders.controller';
import { ServiceOrderQueries } from './service-orders/service-orders.queries';

@Module({
  controllers: [
    ProviderController,
    OfferConsumer,
    CapacityController,
    CapacityHoldController,
    AvailabilityController,
    ServiceOrderController,
    ServiceOrderConsumer,
    DeliveryController,
    AgreementController,
  ],
  providers: [
    ProviderCommands,
    ProviderQueries,
    CapacityCommands,
    CapacityQueries,
    CapacityHoldCommands,
    CapacityHoldKeeper,
    AvailabilityQueries,
    ServiceOrderCommands,
    ServiceOrderQueries,
    DeliveryCommands,
    DeliveryQueries,
    AgreementCommands,
    AgreementQueries,
    AgreementCalendarCommands,
    AgreementCalendar,
  ],
})
export class ProvidersModule {}
