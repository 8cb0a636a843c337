import { type Sample, samplesOf } from './exposition';
import type { ShownService } from './page-shown';

/** What the page draws of one moment. Null: there was nothing to measure, or nobody to ask. */
export interface Figures {
  readonly at: string;
  /** By service: requests a second, and the seconds in which 95 of 100 were answered. */
  readonly requests: Readonly<Record<string, number | null>>;
  readonly answered: Readonly<Record<string, number | null>>;
  /** A second. */
  readonly events: { readonly published: number; readonly handled: number };
  /** Seconds from the act to the effect for 95 of 100 events. */
  readonly lag: number | null;
  /** Delivered a second. */
  readonly webhooks: number;
  readonly waiting: { readonly outbox: number; readonly consumers: number; readonly deadLetters: number };
}

/** Of every metric that is drawn its name and what of it; held against what services export by test/src/monitoring.e2e.spec.ts. */
export const drawn = {
  requests: { name: 'okienko_http_request_seconds' },
  published: { name: 'okienko_events_published_total' },
  handled: { name: 'okienko_events_handled_total', outcome: 'handled' },
  lag: { name: 'okienko_event_lag_seconds' },
  webhooks: { name: 'notifications_webhooks_total', outcome: 'DELIVERED' },
  outbox: { name: 'okienko_outbox_waiting' },
  consumers: { name: 'okienko_consumer_waiting' },
  deadLetters: { name: 'okienko_dead_letters_parked' },
} as const;

/** Five minutes. */
const kept = 100;
const patience = 1_500;

type Scrape = { readonly at: number; readonly samples: readonly Sample[] };

/** Asks every service for its metrics now and then, and keeps what the page draws. */
export class PageFigures {
  readonly history: Figures[] = [];
  private readonly last = new Map<string, Scrape>();
  private readonly timer: NodeJS.Timeout;
  private asking = false;

  constructor(
    private readonly services: readonly ShownService[],
    tell: (figures: Figures) => void,
    every = 3_000,
  ) {
    const look = async (): Promise<void> => {
      if (this.asking) return;
      this.asking = true;
      const figures = await this.look().finally(() => (this.asking = false));
      this.history.push(figures);
      this.history.splice(0, this.history.length - kept);
      tell(figures);
    };
    this.timer = setInterval(() => void look(), every);
  }

  stop(): void {
    clearInterval(this.timer);
  }

  private async look(): Promise<Figures> {
    const grown = new Map(
      await Promise.all(this.services.map(async (service) => [service.name, await this.grownAt(service)] as const)),
    );
    const all = [...grown.values()].flatMap((one) => one ?? []);
    const of = (one: { readonly name: string; readonly outcome?: string }): Sample[] =>
      all.filter(({ name, labels }) => name === one.name && (!one.outcome || labels['outcome'] === one.outcome));
    const sum = (one: { readonly name: string; readonly outcome?: string }): number =>
      of(one).reduce((total, { value }) => total + value, 0);
    const byService = (figure: (samples: readonly Sample[]) => number | null) =>
      Object.fromEntries(
        [...grown].map(([name, samples]) => [name, samples ? figure(samples.filter(isOfClients)) : null]),
      );
    const { name: histogram } = drawn.requests;
    return {
      at: new Date().toISOString(),
      requests: byService((samples) =>
        samples.filter(({ name }) => name === `${histogram}_count`).reduce((total, { value }) => total + value, 0),
      ),
      answered: byService((samples) => quantile(0.95, histogram, samples)),
      events: { published: sum(drawn.published), handled: sum(drawn.handled) },
      lag: quantile(0.95, drawn.lag.name, all),
      webhooks: sum(drawn.webhooks),
      waiting: {
        outbox: sum(drawn.outbox),
        consumers: sum(drawn.consumers),
        deadLetters: sum(drawn.deadLetters),
      },
    };
  }

  /** Of counters the growth a second since the last look; gauges as they are. Undefined where there is nothing to compare with. */
  private async grownAt({ name, url }: ShownService): Promise<Sample[] | undefined> {
    const before = this.last.get(name);
    const now = await scrape(url);
    if (!now) {
      this.last.delete(name);
      return undefined;
    }
    this.last.set(name, now);
    if (!before) return undefined;
    const known = new Map(before.samples.map((sample) => [keyOf(sample), sample.value]));
    const seconds = (now.at - before.at) / 1000;
    return now.samples.map((sample) => {
      if (!/_(?:total|count|sum|bucket)$/.test(sample.name)) return sample;
      const growth = sample.value - (known.get(keyOf(sample)) ?? 0);
      // A service that was started again counts from nought.
      return { ...sample, value: (growth < 0 ? sample.value : growth) / seconds };
    });
  }
}

const keyOf = ({ name, labels }: Sample): string => `${name} ${JSON.stringify(labels)}`;

/** Probes and this very question are not what anybody waits for. */
const isOfClients = ({ labels: { route = '' } }: Sample): boolean => !/^\/(?:health|metrics)/.test(route);

async function scrape(url: string): Promise<Scrape | undefined> {
  try {
    const response = await fetch(`${url}/metrics`, { signal: AbortSignal.timeout(patience) });
    return response.ok ? { samples: samplesOf(await response.text()), at: performance.now() } : undefined;
  } catch {
    return undefined;
  }
}

/** As `histogram_quantile` of Prometheus: within its bucket by rule of three. Of the last bucket, which has no end, its beginning. */
function quantile(share: number, histogram: string, samples: readonly Sample[]): number | null {
  const buckets = new Map<number, number>();
  for (const { name, labels, value } of samples) {
    if (name !== `${histogram}_bucket`) continue;
    const most = Number(labels['le']?.replace('+Inf', 'Infinity'));
    buckets.set(most, (buckets.get(most) ?? 0) + value);
  }
  const sorted = [...buckets].sort(([one], [other]) => one - other);
  const wanted = (sorted.at(-1)?.[1] ?? 0) * share;
  if (wanted === 0) return null;
  let [from, below] = [0, 0];
  for (const [to, upTo] of sorted) {
    if (upTo >= wanted) return to === Infinity ? from : from + ((to - from) * (wanted - below)) / (upTo - below);
    [from, below] = [to, upTo];
  }
  return from;
}
