import { capacityMapping } from './capacities/capacity.mapping';
import { deliveryMapping } from './deliveries/delivery.mapping';
import { providerMapping } from './providers/provider.mapping';
import { serviceOrderMapping } from './service-orders/service-order.mapping';
import { settlementMapping } from './settlements/settlement.mapping';

export const mappings = [providerMapping, capacityMapping, serviceOrderMapping, deliveryMapping, settlementMapping];
