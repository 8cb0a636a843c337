import { EntitySchema } from 'typeorm';
import { Finding } from './finding';
import { Inspection } from './inspection';

export const inspectionMapping = new EntitySchema<Pick<Inspection, keyof Inspection>>({
  name: 'Inspection',
  target: Inspection,
  tableName: 'inspection',
  columns: {
    id: { type: 'uuid', primary: true },
    version: { type: 'int' },
    providerId: { name: 'provider_id', type: 'uuid' },
    agreementId: { name: 'agreement_id', type: 'uuid', nullable: true },
    offers: { type: 'jsonb' },
    announced: { type: 'bool' },
    plannedOn: { name: 'planned_on', type: 'date' },
    plannedBy: { name: 'planned_by', type: 'text' },
    state: { type: 'text' },
    carriedOutOn: { name: 'carried_out_on', type: 'date', nullable: true },
    inspectors: { type: 'jsonb' },
    results: { type: 'jsonb' },
    report: { type: 'text', nullable: true },
    reportedOn: { name: 'reported_on', type: 'date', nullable: true },
    reportedBy: { name: 'reported_by', type: 'text', nullable: true },
    cancelReason: { name: 'cancel_reason', type: 'text', nullable: true },
  },
});

export const findingMapping = new EntitySchema<Pick<Finding, keyof Finding>>({
  name: 'Finding',
  target: Finding,
  tableName: 'finding',
  columns: {
    id: { type: 'uuid', primary: true },
    version: { type: 'int' },
    inspectionId: { name: 'inspection_id', type: 'uuid' },
    providerId: { name: 'provider_id', type: 'uuid' },
    offerId: { name: 'offer_id', type: 'uuid', nullable: true },
    criterion: { type: 'text' },
    severity: { type: 'text' },
    description: { type: 'text' },
    dueOn: { name: 'due_on', type: 'date' },
    state: { type: 'text' },
    remedy: { type: 'text', nullable: true },
    reportedOn: { name: 'reported_on', type: 'date', nullable: true },
    judgedBy: { name: 'judged_by', type: 'text', nullable: true },
    judgedOn: { name: 'judged_on', type: 'date', nullable: true },
    overdueTold: { name: 'overdue_told', type: 'bool' },
  },
});
