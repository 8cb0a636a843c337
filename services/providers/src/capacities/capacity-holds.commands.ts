import type { Principal } from '@okienko/chassis/access';
import type { Changed } from '@okienko/chassis/http';
import { Clock } from '@okienko/messaging/clock';
import { UnitOfWork, type Work } from '@okienko/messaging/unit-of-work';
import { Injectable } from '@nestjs/common';
import { loadOwn } from '../access/load-own';
import { Capacity } from './capacity';
import { HoldExpired } from './capacity-errors';
import type { HeldPlace, HoldPlace } from './capacity-holds.dto';
import { confirmHold, holdIn, releaseHold, removeExpired } from './holds';

/** Capacities a transaction. */
const batch = 20;

@Injectable()
export class CapacityHoldCommands {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  hold(capacityId: string, { minutes, ...wanted }: HoldPlace, caller: Principal): Promise<HeldPlace> {
    return this.work.run(async (work) => {
      const capacity = await loadOwn(work, Capacity, capacityId, caller);
      const { providerId, offerId } = capacity;
      const expiresAt = new Date(this.clock.now().getTime() + minutes * 60_000);
      const { id } = await holdIn(work, capacity, { ...wanted, providerId, offerId }, expiresAt);
      return { id, capacityId, expiresAt: expiresAt.toISOString() };
    });
  }

  confirm(capacityId: string, holdId: string, caller: Principal): Promise<Changed> {
    return this.work.run(async (work) => {
      const capacity = await loadOwn(work, Capacity, capacityId, caller);
      await assertHeld(work, capacityId, holdId);
      await confirmHold(work, holdId);
      return { id: capacityId, version: capacity.version };
    });
  }

  release(capacityId: string, holdId: string, caller: Principal): Promise<Changed> {
    return this.work.run(async (work) => {
      const capacity = await loadOwn(work, Capacity, capacityId, caller);
      await assertHeld(work, capacityId, holdId);
      await releaseHold(work, holdId);
      return { id: capacityId, version: capacity.version };
    });
  }

  /** Frees what has expired in the next capacities; answers whether there may be more. Replicas pass over each other's. */
  tidy(): Promise<boolean> {
    return this.work.run(async (work) => {
      const due = await work.query<{ id: string }>(
        `select id from capacity
         where id in (select capacity_id from capacity_reservation where expires_at <= clock_timestamp())
         order by id limit $1 for update skip locked`,
        [batch],
      );
      for (const { id } of due) await removeExpired(work, await work.load(Capacity, id));
      return due.length === batch;
    });
  }
}

/** Or whoever may act for one capacity could end the holds of all. */
async function assertHeld({ query }: Work, capacityId: string, holdId: string): Promise<void> {
  const [held] = await query(
    'select 1 from capacity_reservation where id = $1 and capacity_id = $2 and order_id is null',
    [holdId, capacityId],
  );
  if (!held) throw new HoldExpired();
}
