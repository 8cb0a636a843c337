import { agreementMapping } from './agreements/agreement.mapping';
import { capacityMapping } from './capacities/capacity.mapping';
import { complaintMapping } from './complaints/complaint.mapping';
import { deliveryMapping, excessPermitMapping } from './deliveries/delivery.mapping';
import { findingMapping, inspectionMapping } from './inspections/inspection.mapping';
import { performerMapping } from './performers/performer.mapping';
import { requiredQualificationMapping } from './performers/required-qualification.mapping';
import { placeMapping } from './places/place.mapping';
import { providerMapping } from './providers/provider.mapping';
import { visitScheduleMapping } from './schedules/visit-schedule.mapping';
import { serviceOrderMapping } from './service-orders/service-order.mapping';
import { settlementMapping } from './settlements/settlement.mapping';
import { staffMemberMapping } from './staff-members/staff-member.mapping';
import { surveyMapping } from './surveys/survey.mapping';
import { standardMapping } from './standards/standard.mapping';

export const mappings = [
  agreementMapping,
  capacityMapping,
  deliveryMapping,
  excessPermitMapping,
  performerMapping,
  requiredQualificationMapping,
  placeMapping,
  providerMapping,
  visitScheduleMapping,
  serviceOrderMapping,
  settlementMapping,
  staffMemberMapping,
  surveyMapping,
  standardMapping,
  inspectionMapping,
  findingMapping,
  complaintMapping,
];
