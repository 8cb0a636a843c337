import { type Service, services } from '@okienko/contracts/event';
import type { Closing } from '@okienko/local/closing';
import type { MarkedRun } from '../marked-run';
import { Vault } from './backups';

export type Vaults = Readonly<Record<Service, Vault>>;

/** The database of each service, for an administrator. */
export async function openVaults({ services: all }: MarkedRun, adminUrl: string, closing: Closing): Promise<Vaults> {
  const opened: [Service, Vault][] = [];
  for (const service of services) {
    const database = new URL(all[service].database.migrate).pathname.slice(1);
    const vault = await Vault.open(adminUrl, database, service);
    closing.add(() => vault.close());
    opened.push([service, vault]);
  }
  return Object.fromEntries(opened) as unknown as Vaults;
}
