import type { Principal } from '@okienko/chassis/access';
import type { Changed } from '@okienko/chassis/http';
import type { Day } from '@okienko/contracts/calendar';
import { UnitOfWork } from '@okienko/messaging/unit-of-work';
import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { assertCentre } from '../access/centre-only';
import { OfferNotPublished } from '../capacities/capacity-errors';
import { RequirementOverlaps } from './performer-errors';
import { RequiredQualification } from './required-qualification';
import type { RequireQualification } from './required-qualifications.dto';

@Injectable()
export class RequiredQualificationCommands {
  constructor(private readonly work: UnitOfWork) {}

  layDown({ offerId, code, basis, from }: RequireQualification, caller: Principal): Promise<Changed> {
    assertCentre(caller);
    return this.work.run(async ({ query, save }) => {
      // Under the offer's row lock its requirements come one after another, so that none is laid down twice.
      const [offer] = await query('select 1 from service_offer where id = $1 and published for update', [offerId]);
      if (!offer) throw new OfferNotPublished();
      const [known] = await query(
        'select 1 from required_qualification where offer_id = $1 and code = $2 and (last_day is null or last_day >= $3)',
        [offerId, code, from],
      );
      if (known) throw new RequirementOverlaps();
      const required = RequiredQualification.layDown(uuidv7(), offerId, code, basis, from);
      await save(required, required.laidDown());
      return { id: required.id, version: required.version };
    });
  }

  end(id: string, expectedVersion: number, to: Day, caller: Principal): Promise<Changed> {
    assertCentre(caller);
    return this.work.change(RequiredQualification, id, expectedVersion, (required) => required.end(to));
  }
}
