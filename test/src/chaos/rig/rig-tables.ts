import { messagingTables } from '@okienko/messaging/tables';
import { EntitySchema } from 'typeorm';

/** The smallest aggregate there can be: what it is about is told by its events alone. */
export class RigPlan {
  readonly version!: number;
  constructor(readonly id: string) {}
}

export const rigPlanMapping = new EntitySchema<RigPlan>({
  name: 'RigPlan',
  target: RigPlan,
  tableName: 'rig_plan',
  columns: { id: { type: 'uuid', primary: true }, version: { type: 'int' } },
});

/** What writes: some commits take their time, so that numbers that were drawn early become visible late. */
export const writerTables = (): string[] => [
  ...messagingTables(),
  'create table rig_plan (id uuid primary key, version int not null)',
  `create function take_time() returns trigger language plpgsql as $$
   begin if random() < 0.25 then perform pg_sleep(random() * 0.06); end if; return null; end $$`,
  `create constraint trigger commits_take_time after insert or update on rig_plan deferrable initially deferred
   for each row execute function take_time()`,
];

/** What listens: every effect leaves a row, however often it happens. */
export const listenerTables = (): string[] => [
  ...messagingTables(),
  `create table effect (place bigint generated always as identity, event_id uuid not null, aggregate text not null, sequence int not null)`,
];
