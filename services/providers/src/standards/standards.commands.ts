import type { Principal } from '@okienko/chassis/access';
import type { Changed } from '@okienko/chassis/http';
import { type Day, dayOf } from '@okienko/contracts/calendar';
import { NotFound } from '@okienko/contracts/domain-error';
import { Clock } from '@okienko/messaging/clock';
import { UnitOfWork } from '@okienko/messaging/unit-of-work';
import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { assertCentre } from '../access/centre-only';
import { assertKnownOffers } from '../offers/known-offers';
import { type Edition, Standard } from './standard';
import type { DraftStandard, StandardContentDto } from './standards.dto';

@Injectable()
export class StandardCommands {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  draft({ offerId, ...content }: DraftStandard, caller: Principal): Promise<Changed> {
    assertCentre(caller);
    return this.work.run(async (work) => {
      await assertKnownOffers(work, [offerId], () => '/offerId');
      const standard = Standard.draft(uuidv7(), offerId, content, caller.sub);
      await work.save(standard, standard.drafted());
      return { id: standard.id, version: standard.version };
    });
  }

  redraft(id: string, expectedVersion: number, content: StandardContentDto, caller: Principal): Promise<Changed> {
    assertCentre(caller);
    return this.work.change(Standard, id, expectedVersion, (standard) => standard.redraft(content, caller.sub));
  }

  approve(id: string, expectedVersion: number, from: Day, caller: Principal): Promise<Changed> {
    assertCentre(caller);
    return this.work.run(async ({ query, load, save }) => {
      // Under the offer's row lock its editions follow each other.
      const [offer] = await query<{ offerId: string }>(
        `select id as "offerId" from service_offer where id = (select offer_id from standard where id = $1) for update`,
        [id],
      );
      if (!offer) throw new NotFound('standard');
      const standard = await load(Standard, id, expectedVersion);
      const [before] = await query<Edition>(
        `select edition, first_day as "from" from standard
         where offer_id = $1 and edition is not null order by edition desc limit 1`,
        [offer.offerId],
      );
      await save(standard, standard.approve(from, caller.sub, dayOf(this.clock.now()), before));
      return { id, version: standard.version };
    });
  }
}
