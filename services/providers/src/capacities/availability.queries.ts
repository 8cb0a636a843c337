import type { Principal } from '@okienko/chassis/access';
import { cursorId, defaultLimit, type Page, pageOf } from '@okienko/chassis/page';
import { RequestProblem } from '@okienko/chassis/problem';
import { addDays, type Day, dayOf } from '@okienko/contracts/calendar';
import { NotFound } from '@okienko/contracts/domain-error';
import { Clock } from '@okienko/messaging/clock';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { type Condition, equal, visibleTo, where } from '../where';
import type { AskForAvailability, AskForDays, AvailabilityView } from './availability.dto';
import { type Schedule, timesOn } from './opening-hours';

/** As far as anybody plans at a desk. */
const mostDays = 92;
const usualDays = 28;

interface Row extends Omit<AvailabilityView, 'days'>, Schedule {
  readonly days: readonly { readonly day: Day; readonly free: number }[];
}

@Injectable()
export class AvailabilityQueries {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
  ) {}

  async ofCapacity(id: string, asked: AskForDays, caller: Principal): Promise<AvailabilityView> {
    const [row] = await this.rows([equal('c.id', id), visibleTo(caller, 'c.provider_id')], this.period(asked), 1);
    if (!row) throw new NotFound('capacity');
    return shown(row);
  }

  /** Over all providers, capacities in the order of their ids; those that have closed are left out. */
  async ofOffer(
    { offerId, limit = defaultLimit, after, ...asked }: AskForAvailability,
    caller: Principal,
  ): Promise<Page<AvailabilityView>> {
    const cursor = cursorId(after);
    const period = this.period(asked);
    const rows = await this.rows(
      [
        equal('c.offer_id', offerId),
        ['c.closed_on is null and c.last_day >= ?', period.from],
        ['c.first_day <= ?', period.to],
        cursor === undefined ? undefined : ['c.id > ?', cursor],
        visibleTo(caller, 'c.provider_id'),
      ],
      period,
      limit + 1,
    );
    return pageOf(rows.map(shown), limit, ({ id }) => [id]);
  }

  private period({ from = dayOf(this.clock.now()), to = addDays(from, usualDays - 1) }: AskForDays) {
    if (to < from || to > addDays(from, mostDays - 1))
      throw new RequestProblem(
        400,
        'period-malformed',
        `Ask for a period that runs forwards, of at most ${mostDays} days.`,
      );
    return { from, to };
  }

  private rows(conditions: readonly Condition[], { from, to }: { from: Day; to: Day }, limit: number): Promise<Row[]> {
    const { text, values } = where(conditions);
    const [first, last, most] = [1, 2, 3].map((at) => `$${values.length + at}`) as [string, string, string];
    const sql = `${freeByDay(first, last)} ${text} order by c.id limit ${most}`;
    return this.dataSource.query<Row[]>(sql, [...values, from, to, limit]);
  }
}

const shown = ({ hours, exceptions, days, ...row }: Row): AvailabilityView => ({
  ...row,
  days: days.map(({ day, free }) => {
    const open = [...timesOn({ hours, exceptions }, day)];
    return { day, free: open.length > 0 ? free : 0, open };
  }),
});

/** SQL: what is taken goes up and down with the days. What has expired is not taken, whether it was tidied away or not. */
function freeByDay(from: string, to: string): string {
  const ofThoseDays = `from capacity_reservation r where r.capacity_id = c.id and r.first_day <= ${to}::date
    and r.last_day >= ${from}::date and (r.expires_at is null or r.expires_at > clock_timestamp())`;
  const [begin, end] = [`greatest(c.first_day, ${from}::date)`, `least(c.last_day, ${to}::date)`];
  return `
    select c.id, c.provider_id as "providerId", c.offer_id as "offerId", c.place_id as "placeId", c.places,
      c.heads - (select count(*)::int from capacity_head h where h.capacity_id = c.id) as "headsLeft",
      c.hours, c.exceptions, coalesce(by_day.days, '[]') as days
    from capacity c cross join lateral (
      select jsonb_agg(jsonb_build_object('day', day, 'free', case when c.closed_on is null then c.places - taken else 0 end)
                       order by day) as days
      from (
        select day::date as day, sum(coalesce(step, 0)) over (order by day) as taken
        from generate_series(${begin}::timestamp, ${end}::timestamp, interval '1 day') day
        left join (
          select step_on, sum(step) as step from (
            select greatest(r.first_day, ${begin}) as step_on, 1 as step ${ofThoseDays}
            union all select r.last_day + 1, -1 ${ofThoseDays}
          ) steps group by step_on
        ) summed on step_on = day::date
      ) levels
    ) by_day`;
}
