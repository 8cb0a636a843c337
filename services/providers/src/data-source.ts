import { capacityMapping } from './capacities/capacity.mapping';
import { deliveryMapping } from './deliveries/delivery.mapping';
import { performerMapping } from './performers/performer.mapping';
import { requiredQualificationMapping } from './performers/required-qualification.mapping';
import { placeMapping } from './places/place.mapping';
import { providerMapping } from './providers/provider.mapping';
import { serviceOrderMapping } from './service-orders/service-order.mapping';
import { staffMemberMapping } from './staff-members/staff-member.mapping';

export const mappings = [
  providerMapping,
  placeMapping,
  staffMemberMapping,
  performerMapping,
  requiredQualificationMapping,
  capacityMapping,
  serviceOrderMapping,
  deliveryMapping,
];
