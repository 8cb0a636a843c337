import { EntitySchema } from 'typeorm';
import { VisitSchedule } from './visit-schedule';

export const visitScheduleMapping = new EntitySchema<Pick<VisitSchedule, keyof VisitSchedule>>({
  name: 'VisitSchedule',
  target: VisitSchedule,
  tableName: 'visit_schedule',
  columns: {
    id: { type: 'uuid', primary: true },
    version: { type: 'int' },
    allocationId: { name: 'allocation_id', type: 'uuid' },
    providerId: { name: 'provider_id', type: 'uuid' },
    gmina: { type: 'text', nullable: true },
    from: { name: 'first_day', type: 'date' },
    to: { name: 'last_day', type: 'date' },
    plans: { type: 'jsonb' },
  },
});
