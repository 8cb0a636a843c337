import type { Changed } from '@okienko/chassis/http';
import type { DomainEvent } from '@okienko/contracts/event';
import type { Work } from '@okienko/messaging/unit-of-work';
import { loadVisible } from '../access/load-visible';
import type { Access, PersonalData } from '../access/personal-data';
import { Fee } from './fee';
import { keepDeadlines } from './fee-deadlines';
import { touchedOf } from './till';

/** One act on one fee: its clocks follow its charges, and it is logged. */
export async function changeFee(
  work: Work,
  personalData: PersonalData,
  { id, version, access }: { readonly id: string; readonly version: number; readonly access: Access },
  act: (fee: Fee) => Promise<DomainEvent> | DomainEvent,
): Promise<Changed> {
  const fee = await loadVisible(work, Fee, id, access.caller, version);
  const before = fee.charges;
  await work.save(fee, await act(fee));
  keepDeadlines(work, fee, before);
  await personalData.record(work, 'WRITE', access, touchedOf(fee));
  return { id, version: fee.version };
}
