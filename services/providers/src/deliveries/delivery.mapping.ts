import { EntitySchema } from 'typeorm';
import { Delivery } from './delivery';
import { ExcessPermit } from './excess-permit';

type Columns = Omit<Pick<Delivery, keyof Delivery>, 'visit'> & { state: string };

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
    startedAt: { name: 'started_at', type: 'timestamptz', nullable: true },
    endedAt: { name: 'ended_at', type: 'timestamptz', nullable: true },
    performerId: { name: 'performer_id', type: 'uuid', nullable: true },
    placeId: { name: 'place_id', type: 'uuid', nullable: true },
    outcome: { type: 'text' },
    absenceCause: { name: 'absence_cause', type: 'text', nullable: true },
    state: { type: 'text' },
    acceptedBy: { name: 'accepted_by', type: 'text', nullable: true },
    confirmedBy: { name: 'confirmed_by', type: 'text', nullable: true },
    disputeCause: { name: 'dispute_cause', type: 'text', nullable: true },
    rejectReason: { name: 'reject_reason', type: 'text', nullable: true },
    settlementId: { name: 'settlement_id', type: 'uuid', nullable: true },
    beyondQuota: { name: 'beyond_quota', type: 'int' },
  },
});

export const excessPermitMapping = new EntitySchema<Pick<ExcessPermit, keyof ExcessPermit>>({
  name: 'ExcessPermit',
  target: ExcessPermit,
  tableName: 'excess_permit',
  columns: {
    id: { type: 'uuid', primary: true },
    version: { type: 'int' },
    orderId: { name: 'order_id', type: 'uuid' },
    allocationId: { name: 'allocation_id', type: 'uuid' },
    providerId: { name: 'provider_id', type: 'uuid' },
    quantity: { type: 'int' },
    unit: { type: 'text' },
    covers: { type: 'jsonb' },
    reasonCode: { name: 'reason_code', type: 'text' },
    gmina: { type: 'text', nullable: true },
    givenBy: { name: 'given_by', type: 'text' },
    givenOn: { name: 'given_on', type: 'date' },
  },
});
