import { setTimeout as pause } from 'node:timers/promises';
import { judgeConsumption, type Letter } from '../checker/consumption';
import type { Finding, Placed } from '../checker/finding';
import { judgePublication, type Recorded } from '../checker/publication';
import { digestInSql, readStreams } from '../checker/read-streams';
import { judgeState, type State } from '../checker/state';
import type { Rig } from './rig';

export interface Inspection {
  readonly findings: readonly Finding[];
  readonly committed: number;
}

// A publication that was lost is sent again after five seconds, a message that was lost comes again after eight.
export const longEnough = 14_000;

/** Waits until everything committed has been dealt with, or nothing has happened for long, and then compares. */
export async function inspect(rig: Rig, patience: number): Promise<Inspection> {
  await settled(rig, patience);
  const rows = async <T>(text: string): Promise<T[]> => (await rig.admin.query(text)).rows as T[];
  const committed = await rows<Recorded>(
    `select id::text, aggregate_type || ' ' || aggregate_id as aggregate, sequence, subject, ${digestInSql('event')} as digest
     from cases.outbox order by seq`,
  );
  const states = await rows<State>(`select 'plan ' || id as aggregate, version from cases.rig_plan`);
  const effects = await rows<Placed>(
    'select event_id::text as id, aggregate, sequence from providers.effect order by place',
  );
  const letters = await rows<Letter>(
    `select event_id::text as id, aggregate_type || ' ' || aggregate_id as aggregate, sequence, reason from providers.dead_letter`,
  );
  const streamed = await readStreams(rig.broker.connection, [rig.stream], rig.mark);
  return {
    committed: committed.length,
    findings: [
      ...judgeState(states, committed),
      ...judgePublication(committed, streamed.events).findings,
      ...judgeConsumption('the listener', committed, effects, letters),
    ],
  };
}

async function settled(rig: Rig, patience: number): Promise<void> {
  let best = Infinity;
  let since = Date.now();
  while (Date.now() - since < patience) {
    const { rows } = await rig.admin.query<{ open: number }>(
      `select count(*)::int as open from cases.outbox o
       where not exists (select from providers.effect e where e.event_id = o.id)
         and not exists (select from providers.dead_letter l where l.event_id = o.id)`,
    );
    const open = rows[0]?.open ?? 0;
    if (open === 0) return;
    if (open < best) since = Date.now();
    best = Math.min(best, open);
    await pause(100);
  }
}
