/** What is promised, how it is measured, and when somebody is woken: the source of deploy/prometheus/rules/objectives.yaml. */
export interface Objective {
  readonly name: string;
  /** Of the alerts that tell how fast the budget of errors burns. */
  readonly alert: string;
  /** Share that must be good, over thirty days. */
  readonly goal: number;
  /** As one clause. */
  readonly promise: string;
  /** How many were bad in a window, by service. */
  bad(window: string): string;
  all(window: string): string;
}

/** Probes are asked by machines, and answer 503 as they should. */
export const requests = 'route!~"/health.*|/metrics"';

const counted =
  (metric: string, of = ''): ((window: string) => string) =>
  (window) =>
    `sum by (service) (increase(${metric}${of && `{${of}}`}[${window}]))`;

/** Of a histogram, those above `most` seconds, which has to be one of its buckets. */
const slowerThan = (most: number, histogram: string, of = ''): Pick<Objective, 'all' | 'bad'> => {
  const all = counted(`${histogram}_count`, of);
  const good = counted(`${histogram}_bucket`, [`le="${most}"`, of].filter(Boolean).join(','));
  return { all, bad: (window) => `${all(window)} - ${good(window)}` };
};

export const objectives: readonly Objective[] = [
  {
    name: 'http-availability',
    alert: 'HttpErrorsBurn',
    goal: 0.999,
    promise: 'of 1000 requests 999 are not answered with a 5xx',
    all: counted('okienko_http_request_seconds_count', requests),
    bad: (window) => {
      const failed = counted('okienko_http_request_seconds_count', `status=~"5..",${requests}`)(window);
      return `${failed} or 0 * ${counted('okienko_http_request_seconds_count', requests)(window)}`;
    },
  },
  {
    name: 'http-latency',
    alert: 'HttpLatencyBurns',
    goal: 0.99,
    promise: 'of 100 requests 99 are answered within half a second',
    ...slowerThan(0.5, 'okienko_http_request_seconds', requests),
  },
  {
    name: 'event-lag',
    alert: 'EventLagBurns',
    goal: 0.99,
    promise: 'of 100 events 99 have had their effect five seconds after the act',
    ...slowerThan(5, 'okienko_event_lag_seconds'),
  },
  {
    name: 'webhook-delivery',
    alert: 'WebhookLatenessBurns',
    goal: 0.99,
    promise: 'of 100 webhooks 99 are answered by their sink ten seconds after they are due',
    ...slowerThan(10, 'notifications_webhook_late_seconds'),
  },
];

/**
 * Each pair of a long and a short window, and how many times faster than allowed the budget burns in both: the long one tells that it matters,
 * the short one that it goes on (Google's SRE workbook, chapter 5).
 */
const burns = {
  page: [
    ['1h', '5m', 14.4],
    ['6h', '30m', 6],
  ],
  ticket: [
    ['1d', '2h', 3],
    ['3d', '6h', 1],
  ],
} as const;
/** In a small gmina at night one failure is a large share of all: below so many nobody is told. */
const leastBad = 10;
const longest = { page: '6h', ticket: '3d' } as const;

/** Windows of all pairs. */
export const windows = ['5m', '30m', '1h', '2h', '6h', '1d', '3d'] as const;

/** Under `runbooks/`: the name of the alert, in small letters. */
export const runbookOf = (alert: string): string =>
  `https://github.com/okienko/okienko/blob/main/docs/runbooks/${alert.replace(/(?<=[a-z])(?=[A-Z])/g, '-').toLowerCase()}.md`;

interface Rule {
  readonly record?: string;
  readonly alert?: string;
  readonly expr: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}

export interface RuleGroup {
  readonly name: string;
  readonly rules: readonly Rule[];
}

const badOf = (window: string): string => `okienko:slo_bad:increase${window}`;
export const ratioOf = (window: string): string => `okienko:slo_errors:ratio${window}`;

function recordings({ name, all, bad }: Objective): Rule[] {
  const labels = { slo: name };
  return windows.flatMap((window) => [
    { record: badOf(window), expr: bad(window), labels },
    { record: ratioOf(window), expr: `${badOf(window)}{slo="${name}"} / on (service) ${all(window)}`, labels },
  ]);
}

function alertsOf({ name, alert, goal, promise }: Objective): Rule[] {
  const of = `{slo="${name}"}`;
  const budget = Number((1 - goal).toFixed(6));
  return (['page', 'ticket'] as const).map((severity) => {
    const pairs = burns[severity].map(([long, short, times]) => {
      const most = Number((times * budget).toFixed(6));
      return `(${ratioOf(long)}${of} > ${most} and ${ratioOf(short)}${of} > ${most})`;
    });
    return {
      alert,
      expr: `(${pairs.join(' or ')}) and ${badOf(longest[severity])}${of} >= ${leastBad}`,
      labels: { severity },
      annotations: {
        summary: `{{ $labels.service }}: {{ $value | humanizePercentage }} are bad, and promised is that ${promise}.`,
        runbook_url: runbookOf(alert),
      },
    };
  });
}

export const objectiveRules = (): RuleGroup[] =>
  objectives.map((objective) => ({
    name: `okienko-${objective.name}`,
    rules: [...recordings(objective), ...alertsOf(objective)],
  }));
