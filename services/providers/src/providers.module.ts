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
import { ServiceOrderCommands } from './service-orders/service-orders.commands';
import { ServiceOrderConsumer } from './service-orders/service-orders.consumer';
import { ServiceOrderController } from './service-orders/service-orders.controller';
import { ServiceOrderQueries } from './service-orders/service-orders.queries';
import { DrawDownController } from './settlements/draw-downs.controller';
import { InvoiceQueries } from './settlements/invoices.queries';
import { SettlementDecisionCommands } from './settlements/settlement-decisions.commands';
import { SettlementReplayQueries } from './settlements/settlement-replays.queries';
import { SettlementCommands } from './settlements/settlements.commands';
import { SettlementController } from './settlements/settlements.controller';
import { SettlementQueries } from './settlements/settlements.queries';

@Module({
  controllers: [
    ProviderController,
    OfferConsumer,
    CapacityController,
    ServiceOrderController,
    ServiceOrderConsumer,
    DeliveryController,
    SettlementController,
    DrawDownController,
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
    SettlementCommands,
    SettlementDecisionCommands,
    SettlementQueries,
    InvoiceQueries,
    SettlementReplayQueries,
  ],
})
export class ProvidersModule {}
