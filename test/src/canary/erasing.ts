import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { casesService } from '@okienko/cases/service';
import { lineOf } from '@okienko/chassis/erasure-log';
import type { Service } from '@okienko/contracts/event';
import type { Closing } from '@okienko/local/closing';
import { notificationsService } from '@okienko/notifications/service';
import { KeyRing } from '@okienko/privacy/key-ring';
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

/** By the command of each service that plays the erasure log; the same log is all that is needed after a restore. */
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
    await erased(name, vault, ids);
    sum.after += await readable(vault);
    if (!dump) continue;
    const database = `restored_${randomBytes(5).toString('hex')}`;
    const adminUrl = process.env['TEST_DATABASE_URL'] ?? '';
    await restored(adminUrl, database, dump);
    closing.add(() => dropped(adminUrl, database));
    const copy = await Vault.open(adminUrl, database, name);
    sum.restored += await readable(copy);
    await erased(name, copy, ids);
    sum.replayed += await readable(copy);
    await copy.close();
  }
  const { status } = await run.services.cases.http('GET', `/persons/${run.people.personId}`, { as: desk });
  if (status !== 404) throw new Error(`cases answers ${status} for somebody who has been erased`);
  return sum;
}

async function erased(service: Service, { url }: Vault, ids: readonly string[]): Promise<void> {
  const address = new URL(url);
  address.searchParams.set('options', `-c search_path=${service}`);
  const program = join(__dirname, '..', '..', '..', 'services', service, 'dist', 'erasures.js');
  const child = spawn(process.execPath, [program, '--replay'], {
    env: { ...process.env, DATABASE_URL: address.href },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  child.stdin.end(ids.map((personId) => lineOf({ personId, erasedAt: new Date(), basis: 'canary' })).join(''));
  const said = await text(child.stdout);
  const { replayed } = JSON.parse(said || '{}') as { replayed?: number };
  if (replayed !== ids.length) throw new Error(`${service} erased ${replayed ?? 'none'} of ${ids.length}`);
}
