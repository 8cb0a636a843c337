import { dayOf } from '@okienko/contracts/calendar';
import type { LiveEvent } from './live-events';

/** What is counted of a city's life, in the order of a matter, by the events that tell it. */
export const lived = {
  'cases.application.submitted.v1': 'applications filed',
  'cases.application.qualified.v1': 'services granted',
  'cases.plan.approved.v1': 'plans approved',
  'providers.service-order.accepted.v1': 'orders accepted by providers',
  'providers.delivery.recorded.v1': 'visits recorded',
  'cases.plan.closed.v1': 'plans closed',
} as const;

export interface CityCount {
  readonly name: string;
  readonly lastMinute: number;
  readonly today: number;
}

const minute = 60_000;

/** Counts what happens today; what was told of other days, as the history of a city is that has just been loaded, is not of today. */
export class PageCity {
  private day = '';
  private readonly today = new Map<string, number>();
  private recent: { readonly type: string; readonly at: number }[] = [];

  constructor(private readonly now: () => Date = () => new Date()) {}

  hear({ type, time, storedAt }: LiveEvent): void {
    if (!(type in lived) || time === undefined) return;
    this.turn();
    if (dayOf(new Date(time)) !== this.day) return;
    this.today.set(type, (this.today.get(type) ?? 0) + 1);
    this.recent.push({ type, at: Date.parse(storedAt) });
  }

  counts(): readonly CityCount[] {
    this.turn();
    const since = this.now().getTime() - minute;
    this.recent = this.recent.filter(({ at }) => at > since);
    return Object.entries(lived).map(([type, name]) => ({
      name,
      lastMinute: this.recent.filter((one) => one.type === type).length,
      today: this.today.get(type) ?? 0,
    }));
  }

  /** At midnight everything begins anew. */
  private turn(): void {
    const day = dayOf(this.now());
    if (day !== this.day) this.today.clear();
    this.day = day;
  }
}
