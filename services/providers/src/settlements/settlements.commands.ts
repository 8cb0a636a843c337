import type { Principal } from '@okienko/chassis/access';
import type { Changed } from '@okienko/chassis/http';
import { dayOf } from '@okienko/contracts/calendar';
import { NotFound } from '@okienko/contracts/domain-error';
import { Clock } from '@okienko/messaging/clock';
import { isUniqueViolation } from '@okienko/messaging/transaction';
import { UnitOfWork, type Work } from '@okienko/messaging/unit-of-work';
import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { actsFor } from '../provider-account';
import { compute } from './computation';
import { assertNoneLater, inTurn, loadInTurn, type Neighbour, neighboursOf } from './in-turn';
import { type Month, monthOf } from './month';
import { monthFacts } from './month-facts';
import { openStates, Settlement, type SettlementDocument, type StatedCost } from './settlement';
import { EarlierMonthOpen, MonthNotCovered, MonthNotOver, SettlementExists } from './settlement-errors';
import { computed, costsStated, submitted } from './settlement-events';
import type { Line } from './settlement-line';
import { agreementOf, closeMonth, lineKeeper, markDeliveries, type SettledAgreement } from './settlement-tables';
import type { Totals } from './totals';

const unsigned = ['PLANNED', 'PROCURING', 'CANCELLED'];

/** Computes what a provider is owed for a month, as often as it wants, until it is handed in. */
@Injectable()
export class SettlementCommands {
  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  async open(agreementId: string, month: Month, caller: Principal): Promise<Changed> {
    try {
      return await this.work.run(async (work) => {
        const agreement = await agreementOf(work.query, agreementId);
        if (!actsFor(caller, agreement.providerId)) throw new NotFound('agreement');
        if (month > monthOf(this.today)) throw new MonthNotOver();
        const { from, to, state } = agreement;
        if (unsigned.includes(state) || month < monthOf(from) || month > monthOf(to)) throw new MonthNotCovered();
        await inTurn(work, agreementId);
        const neighbours = await neighboursOf(work, agreementId, month);
        assertNoneLater(neighbours, month);
        const id = uuidv7();
        const totals = await this.totals(work, agreement, month, neighbours, [], lineKeeper(work, id));
        const settlement = Settlement.of(id, agreement, month, agreement.gmina, totals);
        await work.save(settlement, computed(settlement));
        return { id, version: settlement.version };
      });
    } catch (error) {
      throw isUniqueViolation(error, 'settlement_of_month') ? new SettlementExists() : error;
    }
  }

  compute(id: string, expectedVersion: number, caller: Principal): Promise<Changed> {
    return this.work.run(async (work) => {
      const settlement = await loadInTurn(work, id, expectedVersion, caller);
      settlement.assertOpen('computed');
      settlement.compute(await this.again(work, settlement, settlement.costs));
      await work.save(settlement, computed(settlement));
      return { id, version: settlement.version };
    });
  }

  /** What a grant was spent on; it is computed anew with it. */
  stateCosts(id: string, expectedVersion: number, costs: readonly StatedCost[], caller: Principal): Promise<Changed> {
    return this.work.run(async (work) => {
      const settlement = await loadInTurn(work, id, expectedVersion, caller);
      settlement.assertOpen('accounted');
      settlement.stateCosts(costs, await this.again(work, settlement, costs));
      await work.save(settlement, costsStated(settlement), computed(settlement));
      return { id, version: settlement.version };
    });
  }

  submit(id: string, expectedVersion: number, document: SettlementDocument, caller: Principal): Promise<Changed> {
    return this.work.run(async (work) => {
      const settlement = await loadInTurn(work, id, expectedVersion, caller);
      const { agreementId, month, costs } = settlement;
      settlement.assertOpen('submitted');
      const neighbours = await neighboursOf(work, agreementId, month);
      if (neighbours.some((one) => one.month < month && openStates.includes(one.state))) throw new EarlierMonthOpen();
      await closeMonth(work, agreementId, month);
      const agreement = await agreementOf(work.query, agreementId);
      const now = await this.totals(work, agreement, month, neighbours, costs, () => undefined);
      settlement.submit(document, caller.sub, this.today, now);
      await work.save(settlement, submitted(settlement, document));
      markDeliveries(work, id);
      return { id, version: settlement.version };
    });
  }

  private async again(
    work: Work,
    { id, agreementId, month }: Settlement,
    costs: readonly StatedCost[],
  ): Promise<Totals> {
    work.send('delete from settlement_line where settlement_id = $1', [id]);
    const agreement = await agreementOf(work.query, agreementId);
    const neighbours = await neighboursOf(work, agreementId, month);
    return this.totals(work, agreement, month, neighbours, costs, lineKeeper(work, id));
  }

  private totals(
    { query }: Work,
    agreement: SettledAgreement,
    month: Month,
    neighbours: readonly Neighbour[],
    costs: readonly StatedCost[],
    keep: (lines: readonly Line[]) => Promise<void> | void,
  ): Promise<Totals> {
    return compute(monthFacts(query, agreement, month, neighbours, costs), keep);
  }

  private get today(): string {
    return dayOf(this.clock.now());
  }
}
