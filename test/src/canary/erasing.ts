import { randomBytes } from 'node:crypto';
import { casesService } from '@okienko/cases/service';
import type { Closing } from '@okienko/local/closing';
import { notificationsService } from '@okienko/notifications/service';
import { KeyRing } from '@okienko/privacy/key-ring';
import { PersonKeys } from '@okienko/privacy/person-keys';
import type { SealedPlace } from '@okienko/privacy/sealed-places';
import { desk } from '../marked-people';
import type { MarkedRun } from '../marked-run';
import { dropped, dumped, restored, Vault } from './backups';
import { readableIn } from './readable';
import type { Vaults } from './vaults';

/** Sealed values that open with the master key: before anybody was erased, after, in a restored dump, and there after the erasures. */
export interface Erased {
  readonly before: number;
  readonly after: number;
  readonly restored: number;
  readonly replayed: number;
}

const places: Readonly<Record<'cases' | 'notifications', readonly SealedPlace[]>> = {
  cases: casesService.sealed?.places ?? [],
  notifications: notificationsService.sealed?.places ?? [],
};

/** By destroying every key, as erasure does; the list of who was erased is all that a replay after a restore needs. */
export async function eraseEverybody(run: MarkedRun, vaults: Vaults, closing: Closing): Promise<Erased> {
  const sum = { before: 0, after: 0, restored: 0, replayed: 0 };
  for (const name of ['cases', 'notifications'] as const) {
    const ring = KeyRing.fromEnvironmentValues(run.masterKeys[name]);
    const vault = vaults[name];
    const readable = (where: Vault): Promise<number> => readableIn(where, ring, places[name]);
    sum.before += await readable(vault);
    const dump = await dumped(vault.url);
    const people = await vault.query<{ id: string }>('select person_id as id from person_key');
    const ids = people.map(({ id }) => id);
    await destroyed(vault, ring, ids);
    sum.after += await readable(vault);
    if (!dump) continue;
    const database = `restored_${randomBytes(5).toString('hex')}`;
    const adminUrl = process.env['TEST_DATABASE_URL'] ?? '';
    await restored(adminUrl, database, dump);
    closing.add(() => dropped(adminUrl, database));
    const copy = await Vault.open(adminUrl, database, name);
    sum.restored += await readable(copy);
    await destroyed(copy, ring, ids);
    sum.replayed += await readable(copy);
    await copy.close();
  }
  const { status } = await run.services.cases.http('GET', `/persons/${run.people.personId}`, { as: desk });
  if (status !== 404) throw new Error(`cases answers ${status} for somebody who has been erased`);
  return sum;
}

async function destroyed(vault: Vault, ring: KeyRing, ids: readonly string[]): Promise<void> {
  const keys = new PersonKeys(ring);
  for (const id of ids) await keys.destroy(vault, id);
}
