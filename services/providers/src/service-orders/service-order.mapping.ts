import { EntitySchema } from 'typeorm';
import { ServiceOrder, type ServiceOrderState } from './service-order';

type Columns = Pick<ServiceOrder, keyof ServiceOrder> & { state: ServiceOrderState; suspendedFrom: string | null };

export const serviceOrderMapping = new EntitySchema<Columns>({
  name: 'ServiceOrder',
  target: ServiceOrder,
  tableName: 'service_order',
  columns: {
    id: { type: 'uuid', primary: true },
    version: { type: 'int' },
    allocationId: { name: 'allocation_id', type: 'uuid' },
    attempt: { type: 'int' },
    providerId: { name: 'provider_id', type: 'uuid' },
    offerId: { name: 'offer_id', type: 'uuid' },
    from: { name: 'first_day', type: 'date' },
    to: { name: 'last_day', type: 'date' },
    quantity: { type: 'int' },
    unit: { type: 'text' },
    gmina: { type: 'text', nullable: true },
    state: { type: 'text' },
    answerBy: { name: 'answer_by', type: 'date', nullable: true },
    suspendedFrom: { name: 'suspended_from', type: 'date', nullable: true },
    cancelReason: { name: 'cancel_reason', type: 'text', nullable: true },
    firstAnswerBy: { name: 'first_answer_by', type: 'date', nullable: true },
    remindedOn: { name: 'reminded_on', type: 'date', nullable: true },
    scheduleCode: { name: 'schedule_code', type: 'text', nullable: true },
    placeId: { name: 'place_id', type: 'uuid', nullable: true },
    requests: { type: 'jsonb' },
    answerToken: { name: 'answer_token', type: 'jsonb', nullable: true },
    receivedAt: { name: 'received_at', type: 'timestamptz', nullable: true },
    answeredAt: { name: 'answered_at', type: 'timestamptz', nullable: true },
  },
});
