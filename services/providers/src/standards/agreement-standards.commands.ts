import type { Principal } from '@okienko/chassis/access';
import type { Changed } from '@okienko/chassis/http';
import { NotInState } from '@okienko/contracts/domain-error';
import { event } from '@okienko/contracts/event';
import { agreementStandardNamedV1 } from '@okienko/contracts/providers/agreement-standard-named.v1';
import { UnitOfWork } from '@okienko/messaging/unit-of-work';
import { Injectable } from '@nestjs/common';
import { assertCentre } from '../access/centre-only';
import { Agreement } from '../agreements/agreement';
import { StandardNotForAgreement } from './standard-errors';

@Injectable()
export class AgreementStandardCommands {
  constructor(private readonly work: UnitOfWork) {}

  /** Named anew, it takes the place of the one that was named before. */
  name(id: string, expectedVersion: number, standardId: string, caller: Principal): Promise<Changed> {
    assertCentre(caller);
    return this.work.change(Agreement, id, expectedVersion, async (agreement, { query, send }) => {
      const { state, providerId, to } = agreement;
      if (['ENDED', 'SETTLED', 'CANCELLED'].includes(state))
        throw new NotInState('agreement', 'given a standard', state);
      const [standard] = await query<{ offerId: string }>(
        `select s.offer_id as "offerId" from standard s
         join agreement_service c on c.agreement_id = $2 and c.offer_id = s.offer_id
         where s.id = $1 and s.state = 'APPROVED' and s.first_day <= $3::date`,
        [standardId, id, to],
      );
      if (!standard) throw new StandardNotForAgreement();
      const { offerId } = standard;
      send(
        `insert into agreement_standard (agreement_id, offer_id, standard_id) values ($1, $2, $3)
         on conflict (agreement_id, offer_id) do update set standard_id = excluded.standard_id`,
        [id, offerId, standardId],
      );
      return event(agreementStandardNamedV1, id, { providerId, offerId, standardId });
    });
  }
}
