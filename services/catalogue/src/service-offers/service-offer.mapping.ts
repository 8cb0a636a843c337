import { EntitySchema } from 'typeorm';
import { ServiceOffer, type ServiceOfferState } from './service-offer';
import type { ServiceOfferContent } from './service-offer-content';

interface ServiceOfferRow {
  id: string;
  version: number;
  state: ServiceOfferState;
  content: ServiceOfferContent;
}

export const serviceOfferMapping = new EntitySchema<ServiceOfferRow>({
  name: 'ServiceOffer',
  target: ServiceOffer,
  tableName: 'service_offer',
  columns: {
    id: { type: 'uuid', primary: true },
    version: { type: 'int' },
    state: { type: 'text' },
    content: { type: 'jsonb' },
  },
});
