import { CreateProviders1764748800000 } from './1764748800000-create-providers';
import { OrdersTakenBack1795500510000 } from './1795500510000-orders-taken-back';
import { CorrespondenceOfOrders1795600400000 } from './1795600400000-correspondence-of-orders';

export const migrations = [
  CreateProviders1764748800000,
  OrdersTakenBack1795500510000,
  CorrespondenceOfOrders1795600400000,
];
