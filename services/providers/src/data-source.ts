import { capacityMapping } from './capacities/capacity.mapping';
import { deliveryMapping, excessPermitMapping } from './deliveries/delivery.mapping';
import { providerMapping } from './providers/provider.mapping';
import { visitScheduleMapping } from './schedules/visit-schedule.mapping';
import { serviceOrderMapping } from './service-orders/service-order.mapping';

export const mappings = [
  providerMapping,
  capacityMapping,
  serviceOrderMapping,
  deliveryMapping,
  excessPermitMapping,
  visitScheduleMapping,
];
