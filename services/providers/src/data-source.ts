import { agreementMapping } from './agreements/agreement.mapping';
import { capacityMapping } from './capacities/capacity.mapping';
import { deliveryMapping } from './deliveries/delivery.mapping';
import { providerMapping } from './providers/provider.mapping';
import { serviceOrderMapping } from './service-orders/service-order.mapping';

export const mappings = [providerMapping, capacityMapping, serviceOrderMapping, deliveryMapping, agreementMapping];
