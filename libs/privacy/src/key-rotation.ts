import type { KeyRing } from './key-ring';
import { PersonKeys } from './person-keys';
import type { SealedPlace } from './sealed-places';
import { type SealedObjects, SealingAnew } from './sealing-anew';
import type { Sql } from './sql';

/** Where a run stands, so that one that was ended in the middle goes on. */
export function keyRotationTable(schema: string): string {
  return `
    create table ${schema}.key_rotation (
      what text primary key check (what in ('persons')),
      step text not null check (step in ('TURN', 'SEAL', 'DROP', 'DONE')),
      started_at timestamptz not null,
      stepped_at timestamptz not null
    )`;
}

export interface RotationSettings {
  readonly places: readonly SealedPlace[];
  readonly objects?: SealedObjects | undefined;
  /** Longer than any transaction of the service: whoever has read a value has then asked for its key, too. */
  readonly graceMs: number;
  readonly say: (progress: string) => void;
}

export interface PersonsRotated {
  readonly persons: number;
  /** Sealed anew by this run; those that ended before had done the rest. */
  readonly values: number;
  readonly objects: number;
}

type Step = 'TURN' | 'SEAL' | 'DROP' | 'DONE';

interface Run {
  readonly step: Step;
  readonly startedAt: Date;
  readonly elapsedMs: number;
}

/**
 * Rotates the keys of all people while the service goes on. First everybody gets a new key beside the old one. When no transaction is left
 * that knew only the old one, what it sealed is sealed anew, value by value. When none is left that has read an old value, the old keys
 * are destroyed. Nobody waits for it, and it goes on wherever it was ended. Every statement commits by itself but for the lots of keys.
 */
export async function rotatePersonKeys(
  sql: Sql & { transaction<T>(act: (sql: Sql) => Promise<T>): Promise<T> },
  ring: KeyRing,
  { places, objects, graceMs, say }: RotationSettings,
): Promise<PersonsRotated> {
  const keys = new PersonKeys(ring);
  const count = { persons: 0, values: 0, objects: 0 };
  let run = await begin(sql);
  if (run.step === 'TURN') {
    const turned = await each(() => sql.transaction((one) => keys.turn(one, run.startedAt)));
    say(`${turned} people have a new key beside the old one`);
    run = await stepTo(sql, 'SEAL');
  }
  if (run.step === 'SEAL') {
    await passing(run, graceMs, say);
    for (let found = 1; found > 0;) {
      const sealing = new SealingAnew(sql, ring);
      found = 0;
      for (const place of places) {
        const some = await sealing.column(place);
        if (some > 0) say(`${place.table}.${place.column}: ${some} sealed anew`);
        found += some;
      }
      count.values += found;
      const files = objects ? await sealing.objects(objects) : 0;
      count.objects += files;
      found += files;
      sealing.assertAllReadable();
    }
    run = await stepTo(sql, 'DROP');
  }
  await passing(run, graceMs, say);
  count.persons = await each(() => sql.transaction((one) => keys.dropFormer(one)));
  await stepTo(sql, 'DONE');
  return count;
}

async function each(next: () => Promise<number>): Promise<number> {
  let all = 0;
  for (let some = await next(); some > 0; some = await next()) all += some;
  return all;
}

/** A new run, or the one that has not ended. */
async function begin(sql: Sql): Promise<Run> {
  await sql.query(
    `insert into key_rotation as run (what, step, started_at, stepped_at) values ('persons', 'TURN', now(), now())
     on conflict (what) do update set step = 'TURN', started_at = now(), stepped_at = now() where run.step = 'DONE'`,
    [],
  );
  return current(sql);
}

async function stepTo(sql: Sql, step: Step): Promise<Run> {
  await sql.query(`update key_rotation set step = $1, stepped_at = now() where what = 'persons'`, [step]);
  return current(sql);
}

async function current(sql: Sql): Promise<Run> {
  const [run] = await sql.query<Run>(
    `select step, started_at as "startedAt", (extract(epoch from now() - stepped_at) * 1000)::float8 as "elapsedMs"
     from key_rotation where what = 'persons'`,
    [],
  );
  if (!run) throw new Error('the rotation has lost its row');
  return run;
}

async function passing({ elapsedMs }: Run, graceMs: number, say: RotationSettings['say']): Promise<void> {
  const left = graceMs - elapsedMs;
  if (left <= 0) return;
  say(`waiting ${Math.ceil(left / 1000)} s for transactions that began before`);
  await new Promise((wake) => setTimeout(wake, left));
}
