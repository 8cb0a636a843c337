import type { Principal } from '@okienko/chassis/access';
import type { Changed } from '@okienko/chassis/http';
import { type Day, dayOf } from '@okienko/contracts/calendar';
import { Clock } from '@okienko/messaging/clock';
import { UnitOfWork } from '@okienko/messaging/unit-of-work';
import { Injectable } from '@nestjs/common';
import { assertCentre } from '../access/centre-only';
import { settleWhenPaid } from '../agreements/settling';
import { assertNoneLater, loadInTurn, neighboursOf } from './in-turn';
import { type ReturnReason, Settlement } from './settlement';
import { approved, checked, paid, returned } from './settlement-events';
import { reopenMonth } from './settlement-tables';

/** The centre checks what was handed in, another person approves it, and it is paid. */
@Injectable()
export class SettlementDecisionCommands {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  check(id: string, expectedVersion: number, caller: Principal): Promise<Changed> {
    assertCentre(caller);
    return this.work.change(Settlement, id, expectedVersion, (settlement) => {
      settlement.check(caller.sub);
      return checked(settlement);
    });
  }

  return(id: string, expectedVersion: number, reason: ReturnReason, caller: Principal): Promise<Changed> {
    assertCentre(caller);
    return this.work.run(async (work) => {
      const settlement = await loadInTurn(work, id, expectedVersion, caller);
      settlement.return(reason);
      const { agreementId, month } = settlement;
      const neighbours = await neighboursOf(work, agreementId, month);
      assertNoneLater(neighbours, month);
      await work.save(settlement, returned(settlement, reason));
      // Whatever is before it was handed in.
      reopenMonth(work, settlement, neighbours.findLast((one) => one.month < month)?.month);
      return { id, version: settlement.version };
    });
  }

  approve(id: string, expectedVersion: number, caller: Principal): Promise<Changed> {
    assertCentre(caller);
    return this.work.change(Settlement, id, expectedVersion, (settlement) => {
      settlement.approve(caller.sub);
      return approved(settlement);
    });
  }

  /** The last one of an agreement that has ended makes it SETTLED. */
  pay(id: string, expectedVersion: number, paidOn: Day, caller: Principal): Promise<Changed> {
    assertCentre(caller);
    return this.work.run(async (work) => {
      const settlement = await loadInTurn(work, id, expectedVersion, caller);
      const today = dayOf(this.clock.now());
      settlement.pay(paidOn, today);
      await work.save(settlement, paid(settlement, paidOn));
      await settleWhenPaid(work, settlement.agreementId, today);
      return { id, version: settlement.version };
    });
  }
}
