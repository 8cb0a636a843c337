import type { Principal } from '@okienko/chassis/access';
import type { Changed } from '@okienko/chassis/http';
import { dayOf } from '@okienko/contracts/calendar';
import { Clock } from '@okienko/messaging/clock';
import { UnitOfWork } from '@okienko/messaging/unit-of-work';
import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { assertCentre } from '../access/centre-only';
import { loadOrder } from './deliveries.commands';
import { ExcessPermit } from './excess-permit';
import type { PermitExcess } from './excess-permits.dto';

@Injectable()
export class ExcessPermitCommands {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  give(orderId: string, body: PermitExcess, caller: Principal): Promise<Changed> {
    assertCentre(caller);
    return this.work.run(async (work) => {
      const order = await loadOrder(work, orderId, caller);
      const permit = ExcessPermit.give(uuidv7(), order, body, caller.sub, dayOf(this.clock.now()));
      await work.save(permit, permit.given());
      return { id: permit.id, version: permit.version };
    });
  }
}
