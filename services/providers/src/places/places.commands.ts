import type { Principal } from '@okienko/chassis/access';
import type { Changed } from '@okienko/chassis/http';
import { dayOf } from '@okienko/contracts/calendar';
import { NotFound } from '@okienko/contracts/domain-error';
import { Clock } from '@okienko/messaging/clock';
import { UnitOfWork } from '@okienko/messaging/unit-of-work';
import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { keepAct } from '../access/keep-act';
import { loadOwn } from '../access/load-own';
import { actsFor } from '../provider-account';
import { Provider } from '../providers/provider';
import { Place, type PlaceDetails } from './place';

@Injectable()
export class PlaceCommands {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  register(providerId: string, details: PlaceDetails, caller: Principal): Promise<Changed> {
    return this.work.run(async (work) => {
      if (!actsFor(caller, providerId)) throw new NotFound('provider');
      (await work.load(Provider, providerId)).assertActive();
      const place = Place.register(uuidv7(), providerId, details);
      keepAct(work, caller, this.clock, { providerId, act: 'REGISTER_PLACE', subjectId: place.id });
      await work.save(place, place.registered());
      return { id: place.id, version: place.version };
    });
  }

  correct(id: string, expectedVersion: number, details: PlaceDetails, caller: Principal): Promise<Changed> {
    return this.work.run(async (work) => {
      const place = await loadOwn(work, Place, id, caller, expectedVersion);
      keepAct(work, caller, this.clock, { providerId: place.providerId, act: 'CORRECT_PLACE', subjectId: id });
      await work.save(place, place.correct(details));
      return { id, version: place.version };
    });
  }

  close(id: string, expectedVersion: number, caller: Principal): Promise<Changed> {
    return this.work.run(async (work) => {
      const place = await loadOwn(work, Place, id, caller, expectedVersion);
      keepAct(work, caller, this.clock, { providerId: place.providerId, act: 'CLOSE_PLACE', subjectId: id });
      await work.save(place, place.close(dayOf(this.clock.now())));
      return { id, version: place.version };
    });
  }
}
