import { CreateCatalogue1764748800000 } from './1764748800000-create-catalogue';
import { ProgrammeEditions1795305600000 } from './1795305600000-programme-editions';
import { OfferSearch1795310000000 } from './1795310000000-offer-search';
import { LiveCapacityAndReports1795430000000 } from './1795430000000-live-capacity-and-reports';

export const migrations = [
  CreateCatalogue1764748800000,
  ProgrammeEditions1795305600000,
  OfferSearch1795310000000,
  LiveCapacityAndReports1795430000000,
];
