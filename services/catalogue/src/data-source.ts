import type { EntitySchema } from 'typeorm';
import { catalogueImportMapping } from './catalogues/catalogue-import.mapping';
import { officeMapping } from './offices/office.mapping';
import { programmeMapping } from './programmes/programme.mapping';
import { serviceOfferMapping } from './service-offers/service-offer.mapping';

export const mappings: readonly EntitySchema[] = [
  programmeMapping,
  serviceOfferMapping,
  officeMapping,
  catalogueImportMapping,
];
