import { Module } from '@nestjs/common';
import { CapacityCommands } from './capacities/capacities.commands';
import { CapacityController } from './capacities/capacities.controller';
import { CapacityQueries } from './capacities/capacities.queries';
import { DeliveryCommands } from './deliveries/deliveries.commands';
import { DeliveryController } from './deliveries/deliveries.controller';
import { DeliveryQueries } from './deliveries/deliveries.queries';
import { DeliveryBatches } from './deliveries/delivery-batches.commands';
import { DeliveryDecisions } from './deliveries/delivery-decisions.commands';
import { ExcessPermitCommands } from './deliveries/excess-permits.commands';
import { ExcessPermitQueries } from './deliveries/excess-permits.queries';
import { OrderDeliveryController } from './deliveries/order-deliveries.controller';
import { OfferConsumer } from './offers/offers.consumer';
import { ProviderCommands } from './providers/providers.commands';
import { ProviderController } from './providers/providers.controller';
import { ProviderQueries } from './providers/providers.queries';
import { ScheduleCommands } from './schedules/schedules.commands';
import { ScheduleController } from './schedules/schedules.controller';
import { ScheduleQueries } from './schedules/schedules.queries';
import { ServiceOrderCommands } from './service-orders/service-orders.commands';
import { ServiceOrderConsumer } from './service-orders/service-orders.consumer';
import { ServiceOrderController } from './service-orders/service-orders.controller';
import { ServiceOrderQueries } from './service-orders/service-orders.queries';

@Module({
  controllers: [
    ProviderController,
    OfferConsumer,
    CapacityController,
    ServiceOrderController,
    ServiceOrderConsumer,
    DeliveryController,
    OrderDeliveryController,
    ScheduleController,
  ],
  providers: [
    ProviderCommands,
    ProviderQueries,
    CapacityCommands,
    CapacityQueries,
    ServiceOrderCommands,
    ServiceOrderQueries,
    DeliveryCommands,
    DeliveryQueries,
    DeliveryBatches,
    DeliveryDecisions,
    ExcessPermitCommands,
    ExcessPermitQueries,
    ScheduleCommands,
    ScheduleQueries,
  ],
})
export class ProvidersModule {}
