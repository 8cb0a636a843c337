import { CreateProviders1764748800000 } from './1764748800000-create-providers';
import { OrdersTakenBack1795500510000 } from './1795500510000-orders-taken-back';
import { RegisterAndPerformers1795600100000 } from './1795600100000-register-and-performers';
import { Agreements1795600200000 } from './1795600200000-agreements';
import { CapacityHolds1795600300000 } from './1795600300000-capacity-holds';
import { CorrespondenceOfOrders1795600400000 } from './1795600400000-correspondence-of-orders';
import { Visits1795600500000 } from './1795600500000-visits';
import { Settlements1795600600000 } from './1795600600000-settlements';
import { Quality1795600800000 } from './1795600800000-quality';
import { SurveysAndFigures1795600900000 } from './1795600900000-surveys-and-figures';
import { DrawsQuotasAndErasure1795601000000 } from './1795601000000-draws-quotas-and-erasure';
import { Revocations1796000110000 } from './1796000110000-revocations';
import { RotationOfKeys1796000120000 } from './1796000120000-rotation-of-keys';
import { Erasures1796000132000 } from './1796000132000-erasures';
import { AccessLogKeeping1796000140000 } from './1796000140000-access-log-keeping';
import { LineageOfDatabase1796000160000 } from './1796000160000-lineage-of-database';

export const migrations = [
  CreateProviders1764748800000,
  OrdersTakenBack1795500510000,
  RegisterAndPerformers1795600100000,
  Agreements1795600200000,
  CapacityHolds1795600300000,
  CorrespondenceOfOrders1795600400000,
  Visits1795600500000,
  Settlements1795600600000,
  Quality1795600800000,
  SurveysAndFigures1795600900000,
  DrawsQuotasAndErasure1795601000000,
  Revocations1796000110000,
  RotationOfKeys1796000120000,
  Erasures1796000132000,
  AccessLogKeeping1796000140000,
  LineageOfDatabase1796000160000,
];
