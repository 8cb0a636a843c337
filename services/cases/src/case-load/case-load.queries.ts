import { Injectable } from '@nestjs/common';
import type { Principal } from '@okienko/chassis/access';
import { dayOf } from '@okienko/contracts/calendar';
import { NotFound } from '@okienko/contracts/domain-error';
import { Clock } from '@okienko/messaging/clock';
import { DataSource } from 'typeorm';
import { maySee, unitOf } from '../access/visibility';
import { termsOn } from '../terms/statutory-terms';
import { assertTellableOutside, isInside } from './case-load';
import { countCaseLoad } from './case-load-counts';
import { figuresOf } from './case-load-figures';
import type { AskForCaseLoad, CaseLoadView } from './case-load.dto';
import { daysOf, halfYearBefore } from './period';

@Injectable()
export class CaseLoadQueries {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
  ) {}

  async find(asked: AskForCaseLoad, caller: Principal): Promise<CaseLoadView> {
    const now = this.clock.now();
    const today = dayOf(now);
    const { unit = unitOf(caller), gmina, period = halfYearBefore(today) } = asked;
    if (!maySee(caller, { unit })) throw new NotFound('unit');
    const inside = isInside(caller, unit);
    if (!inside) assertTellableOutside(period, gmina, today);
    const { from, to } = daysOf(period);
    const load = await countCaseLoad((text, values) => this.dataSource.query(text, values), {
      unit,
      gmina,
      from,
      to,
      today,
    });
    const figures = figuresOf(load, inside ? undefined : termsOn(to).smallestFigure);
    return { unit, gmina: gmina ?? null, period, from, to, asOf: now.toISOString(), ...figures };
  }
}
