import type { EntitySchema } from 'typeorm';
import { programmeMapping } from './programmes/programme.mapping';
import { yearlyReportMapping } from './reports/yearly-report.mapping';
import { serviceOfferMapping } from './service-offers/service-offer.mapping';

export const mappings: readonly EntitySchema[] = [programmeMapping, serviceOfferMapping, yearlyReportMapping];
