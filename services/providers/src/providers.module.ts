import { Module } from '@nestjs/common';
import { CapacityCommands } from './capacities/capacities.commands';
import { CapacityController } from './capacities/capacities.controller';
import { CapacityQueries } from './capacities/capacities.queries';
import { DeliveryCommands } from './deliveries/deliveries.commands';
import { DeliveryController } from './deliveries/deliveries.controller';
import { DeliveryQueries } from './deliveries/deliveries.queries';
import { OfferConsumer } from './offers/offers.consumer';
import { ProviderCommands } from './providers/providers.commands';
import { ProviderController } from './providers/providers.controller';
import { ProviderQueries } from './providers/providers.queries';
import { AnswerTokenIssuer } from './service-orders/answer-token.issuer';
import { OrderAnswerController } from './service-orders/order-answers.controller';
import { OrderCalendar } from './service-orders/order-calendar.worker';
import { OrderCorrespondenceCommands } from './service-orders/order-correspondence.commands';
import { OrderCorrespondenceConsumer } from './service-orders/order-correspondence.consumer';
import { OrderCorrespondenceController } from './service-orders/order-correspondence.controller';
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
    OrderCorrespondenceController,
    OrderCorrespondenceConsumer,
    OrderAnswerController,
    DeliveryController,
  ],
  providers: [
    ProviderCommands,
    ProviderQueries,
    CapacityCommands,
    CapacityQueries,
    ServiceOrderCommands,
    ServiceOrderQueries,
    OrderCorrespondenceCommands,
    OrderCalendar,
    AnswerTokenIssuer,
    DeliveryCommands,
    DeliveryQueries,
  ],
})
export class ProvidersModule {}
