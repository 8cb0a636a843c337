import { EntitySchema } from 'typeorm';
import { Delivery } from './delivery';

type Columns = Pick<Delivery, keyof Delivery> & { state: string };

export const deliveryMapping = new EntitySchema<Columns>({
  name: 'Delivery',
  target: Delivery,
  tableName: 'delivery',
  columns: {
    id: { type: 'uuid', primary: true },
    version: { type: 'int' },
    orderId: { name: 'order_id', type: 'uuid' },
    allocationId: { name: 'allocation_id', type: 'uuid' },
    providerId: { name: 'provider_id', type: 'uuid' },
    deliveredOn: { name: 'delivered_on', type: 'date' },
    quantity: { type: 'int' },
    unit: { type: 'text' },
    gmina: { type: 'text', nullable: true },
    state: { type: 'text' },
    acceptedBy: { name: 'accepted_by', type: 'text', nullable: true },
  },
});
