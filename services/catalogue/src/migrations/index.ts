import { CreateCatalogue1764748800000 } from './1764748800000-create-catalogue';
import { ProgrammeEditions1795305600000 } from './1795305600000-programme-editions';
import { OfferSearch1795310000000 } from './1795310000000-offer-search';
import { OffersByOwner1795400000000 } from './1795400000000-offers-by-owner';
import { DirectoryChangesAndCatalogues1795410000000 } from './1795410000000-directory-changes-and-catalogues';
import { NeedsOfTheCommunity1795420000000 } from './1795420000000-needs-of-the-community';
import { LiveCapacityAndReports1795430000000 } from './1795430000000-live-capacity-and-reports';
import { ApplicationsAsAWhole1795500200000 } from './1795500200000-applications-as-a-whole';
import { AppealsOfApplications1795501000000 } from './1795501000000-appeals-of-applications';
import { CostsOfSettlements1795600700000 } from './1795600700000-costs-of-settlements';
import { Revocations1796000110000 } from './1796000110000-revocations';
import { RotationOfKeys1796000120000 } from './1796000120000-rotation-of-keys';
import { AccessLogKeeping1796000140000 } from './1796000140000-access-log-keeping';
import { LineageOfDatabase1796000160000 } from './1796000160000-lineage-of-database';
import { FacetsOfSearch1796210000000 } from './1796210000000-facets-of-search';

export const migrations = [
  CreateCatalogue1764748800000,
  ProgrammeEditions1795305600000,
  OfferSearch1795310000000,
  OffersByOwner1795400000000,
  DirectoryChangesAndCatalogues1795410000000,
  NeedsOfTheCommunity1795420000000,
  LiveCapacityAndReports1795430000000,
  ApplicationsAsAWhole1795500200000,
  AppealsOfApplications1795501000000,
  CostsOfSettlements1795600700000,
  Revocations1796000110000,
  RotationOfKeys1796000120000,
  AccessLogKeeping1796000140000,
  LineageOfDatabase1796000160000,
  FacetsOfSearch1796210000000,
];
