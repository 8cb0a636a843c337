import { CreateProviders1764748800000 } from './1764748800000-create-providers';
import { OrdersTakenBack1795500510000 } from './1795500510000-orders-taken-back';
import { Agreements1795600200000 } from './1795600200000-agreements';

export const migrations = [CreateProviders1764748800000, OrdersTakenBack1795500510000, Agreements1795600200000];
import { CapacityHolds1795600300000 } from './1795600300000-capacity-holds';

export const migrations = [CreateProviders1764748800000, OrdersTakenBack1795500510000, CapacityHolds1795600300000];
