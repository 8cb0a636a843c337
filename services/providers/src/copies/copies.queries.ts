import { Injectable } from '@nestjs/common';
import type { Principal } from '@okienko/chassis/access';
import { Clock } from '@okienko/messaging/clock';
import { inTransaction } from '@okienko/messaging/transaction';
import { copyOf } from '@okienko/privacy/held';
import { KeyRing } from '@okienko/privacy/key-ring';
import { PersonKeys } from '@okienko/privacy/person-keys';
import { DataSource } from 'typeorm';
import { assertCentre } from '../access/centre-only';
import { PersonalData } from '../access/personal-data';
import { sealedPlaces } from '../sealed-places';
import type { CopyPerson, PersonCopyView } from './copies.dto';
import { heldByAllocation, heldByPerson } from './held';

/** Everything about somebody, for them (GDPR art. 15, 20): whoever performs, acts for a provider, has complained, or receives services. */
@Injectable()
export class CopyQueries {
  private readonly keys: PersonKeys;

  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly personalData: PersonalData,
    ring: KeyRing,
  ) {
    this.keys = new PersonKeys(ring);
  }

  of(personId: string, { allocationIds = [] }: CopyPerson, caller: Principal): Promise<PersonCopyView> {
    assertCentre(caller);
    return inTransaction(this.dataSource, async (transaction) => {
      const complaints = await transaction.query<{ id: string }>('select id from complaint where person_id = $1', [
        personId,
      ]);
      // Each complaint has a key of its own.
      const ids = [personId, ...complaints.map(({ id }) => id)];
      const held = [
        ...(await copyOf(transaction, this.keys, heldByPerson, sealedPlaces, ids)),
        ...(await copyOf(transaction, this.keys, heldByAllocation, [], allocationIds)),
      ];
      const access = { caller, purpose: 'DATA_SUBJECT_REQUEST' };
      await this.personalData.record(transaction, 'EXPORT', access, ['EVERYTHING'], ids);
      return { personId, madeAt: this.clock.now().toISOString(), held };
    });
  }
}
