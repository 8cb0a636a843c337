import { type Service, services } from '@okienko/contracts/event';
import { objectives, ratioOf, requests } from './objectives';

type Unit = 'short' | 's' | 'reqps' | 'ops' | 'percentunit' | 'bytes' | 'none';

/** A question in PromQL and what its lines are called. */
type Asked = readonly [expr: string, legend: string];

interface Panel {
  readonly title: string;
  /** What it means, and from when on it is worrying. */
  readonly help: string;
  readonly unit: Unit;
  readonly asks: readonly Asked[];
  /** One figure each instead of lines. */
  readonly asFigures?: true;
  /** From here on a figure is red. */
  readonly badFrom?: number;
}

interface Dashboard {
  readonly uid: string;
  readonly title: string;
  readonly rows: readonly (readonly [title: string, panels: readonly Panel[]])[];
}

const lines = (title: string, unit: Unit, help: string, ...asks: Asked[]): Panel => ({ title, unit, help, asks });
const figures = (title: string, unit: Unit, badFrom: number, help: string, ...asks: Asked[]): Panel => ({
  ...lines(title, unit, help, ...asks),
  asFigures: true,
  badFrom,
});

const rate = (metric: string, by: string, of = ''): string =>
  `sum by (${by}) (rate(${metric}${of && `{${of}}`}[$__rate_interval]))`;
const quantile = (share: number, histogram: string, by: string, of = ''): string =>
  `histogram_quantile(${share}, ${rate(`${histogram}_bucket`, by ? `le, ${by}` : 'le', of)})`;
/** Of gauges that are the same on every replica. */
const same = (metric: string, by: string, of = ''): string => `max by (${by}) (${metric}${of && `{${of}}`})`;

const ofService = (service?: Service, ...more: string[]): string =>
  [...(service ? [`service="${service}"`] : []), ...more].join(',');

const http = (by: 'service' | 'route', service?: Service): Panel[] => {
  const of = ofService(service, requests);
  return [
    lines('Requests', 'reqps', `Without probes, by ${by}.`, [
      rate('okienko_http_request_seconds_count', by, of),
      `{{${by}}}`,
    ]),
    lines('Time to answer, 95 of 100', 's', 'Promised are 0.5 s for 99 of 100.', [
      quantile(0.95, 'okienko_http_request_seconds', by, of),
      `{{${by}}}`,
    ]),
    lines(
      'Refusals and failures',
      'reqps',
      '4xx is what clients do wrong, 5xx is ours.',
      [rate('okienko_http_request_seconds_count', 'status', `${of},status=~"4.."`), '{{status}}'],
      [rate('okienko_http_request_seconds_count', 'status', `${of},status=~"5.."`), '{{status}}'],
    ),
  ];
};

const backbone = (service?: Service): Panel[] => {
  const of = ofService(service);
  const who = service ? 'consumer' : 'service';
  return [
    lines(
      'Events',
      'ops',
      'Stored by the broker, and had their effect.',
      [rate('okienko_events_published_total', 'service', of), '{{service}} publishes'],
      [rate('okienko_events_handled_total', who, ofService(service, 'outcome="handled"')), `{{${who}}} handles`],
    ),
    lines('From act to effect, 95 of 100', 's', 'Promised are 5 s for 99 of 100.', [
      quantile(0.95, 'okienko_event_lag_seconds', who, of),
      `{{${who}}}`,
    ]),
    lines('Oldest event in the outbox', 's', 'Over a minute: the broker is away or refuses.', [
      same('okienko_outbox_lag_seconds', 'service', of),
      '{{service}}',
    ]),
    lines(
      'Events in the outbox',
      'short',
      'From 10,000 on a service without its broker says that it is not ready.',
      [same('okienko_outbox_waiting', 'service', of), '{{service}} waiting'],
      [same('okienko_outbox_parked', 'service', of), '{{service}} parked'],
    ),
    lines(
      'Before the consumers',
      'short',
      'Not given to a consumer yet, and given but not acknowledged.',
      [same('okienko_consumer_waiting', 'consumer', of), '{{consumer}}'],
      [same('okienko_consumer_in_hand', 'consumer', of), '{{consumer}} in hand'],
    ),
    lines('Dead letters', 'short', 'Each waits for a decision: retry or discard.', [
      same('okienko_dead_letters_parked', 'consumer, reason', of),
      '{{consumer}} {{reason}}',
    ]),
  ];
};

const processes = (service?: Service): Panel[] => {
  const of = ofService(service);
  return [
    lines('Memory', 'bytes', 'Resident. A service alone holds 110 to 130 MiB when idle.', [
      `max by (service, instance) (process_resident_memory_bytes${of && `{${of}}`})`,
      '{{service}} {{instance}}',
    ]),
    lines('Event loop, 99 of 100', 's', 'What a turn has to wait. Over 0.25 s something computes for too long.', [
      `max by (service, instance) (nodejs_eventloop_lag_p99_seconds${of && `{${of}}`})`,
      '{{service}} {{instance}}',
    ]),
    lines(
      'Connections to the database',
      'short',
      'Of each replica. Requests that wait for one are too many.',
      [`sum by (service, state) (okienko_database_connections${of && `{${of}}`})`, '{{service}} {{state}}'],
      [`sum by (service) (okienko_database_connections_max${of && `{${of}}`})`, '{{service}} at most'],
    ),
  ];
};

const partners: readonly Panel[] = [
  lines('Webhooks', 'ops', 'By what followed: RETRY is tried again, PARKED can only be pulled.', [
    rate('notifications_webhooks_total', 'outcome'),
    '{{outcome}}',
  ]),
  lines(
    'From due to answered',
    's',
    'Promised are 10 s for 99 of 100.',
    [quantile(0.5, 'notifications_webhook_late_seconds', ''), '50 of 100'],
    [quantile(0.95, 'notifications_webhook_late_seconds', ''), '95 of 100'],
    [quantile(0.99, 'notifications_webhook_late_seconds', ''), '99 of 100'],
  ),
  lines('Time that sinks take', 's', 'The partners’ own part of it.', [
    quantile(0.95, 'notifications_webhook_seconds', ''),
    '95 of 100',
  ]),
  lines('Waiting for a sink', 'short', 'By subscription, counted up to 10,000.', [
    same('notifications_webhooks_waiting', 'subscription'),
    '{{subscription}}',
  ]),
  lines('Oldest event that waits for a sink', 's', 'By subscription. Over an hour: ask the partner.', [
    same('notifications_webhooks_oldest_seconds', 'subscription'),
    '{{subscription}}',
  ]),
  lines('Not ready over NATS yet', 'short', 'A partner that reads over NATS and acknowledges too little.', [
    same('notifications_nats_feed_lag', 'subscription'),
    '{{subscription}}',
  ]),
  figures('Subscriptions in trouble', 'short', 1, 'BROKEN: down for an hour. GIVEN_UP: nothing is posted any more.', [
    same('notifications_subscriptions_broken', 'alert'),
    '{{alert}}',
  ]),
];

const messages: readonly Panel[] = [
  lines('Messages', 'ops', 'Attempts by channel and outcome.', [
    rate('notifications_messages_total', 'channel, outcome'),
    '{{channel}} {{outcome}}',
  ]),
  lines('Longest due', 's', 'How long the message that has waited longest is due.', [
    same('notifications_oldest_due_seconds', 'channel'),
    '{{channel}}',
  ]),
  figures('Gateways that do not work', 'short', 1, 'A gateway that rests, is broken or is being probed.', [
    `sum by (channel) (${same('notifications_gateway_state', 'channel, state', 'state!="WORKS"')})`,
    '{{channel}}',
  ]),
];

const deadlines: readonly Panel[] = [
  lines('Overdue', 'short', 'Missed and still waiting, by kind.', [
    same('okienko_deadlines_overdue', 'kind'),
    '{{kind}}',
  ]),
  lines('Near', 'short', 'Near or falling today, by kind.', [
    same('okienko_deadlines_approaching', 'kind'),
    '{{kind}}',
  ]),
  figures('Not told', 'short', 1, 'The calendar has not told what was due before today.', [
    same('okienko_deadlines_untold', 'service'),
    '{{service}}',
  ]),
];

const orders: readonly Panel[] = [
  lines(
    'Orders without an answer',
    'short',
    'No provider has accepted or declined them yet.',
    [same('providers_orders_unanswered', 'service'), 'all'],
    [same('providers_orders_answer_late', 'service'), 'the day to answer has passed'],
  ),
];

const accessLog = lines(
  'Accesses without an anchor',
  's',
  'An anchor is published each hour; over three is too long.',
  [same('okienko_access_log_unanchored_seconds', 'service'), '{{service}}'],
);

const own: Readonly<Record<Service, Dashboard['rows']>> = {
  catalogue: [],
  cases: [['Terms', deadlines]],
  providers: [['Orders', orders]],
  notifications: [
    ['Messages to residents', messages],
    ['Webhooks to partners', partners],
  ],
};

export const dashboards: readonly Dashboard[] = [
  {
    uid: 'okienko-system',
    title: 'Okienko: the system',
    rows: [
      [
        'At a glance',
        [
          figures('Replicas', 'short', 100, 'Of each service; none is an alert.', [
            'count by (service) (okienko_build_info)',
            '{{service}}',
          ]),
          figures('Budget of errors, how fast it burns', 'none', 1, 'Over an hour: 1 uses it up in thirty days.', [
            objectives
              .map(({ name, goal }) => `${ratioOf('1h')}{slo="${name}"} / ${Number((1 - goal).toFixed(6))}`)
              .join(' or '),
            '{{slo}} {{service}}',
          ]),
          figures(
            'Waiting for somebody',
            'short',
            1,
            'Each has a page in docs/runbooks.',
            ['sum(max by (service, consumer, reason) (okienko_dead_letters_parked)) or vector(0)', 'dead letters'],
            ['sum(max by (alert) (notifications_subscriptions_broken)) or vector(0)', 'subscriptions'],
            ['sum(max by (service) (okienko_outbox_parked)) or vector(0)', 'events never published'],
          ),
          figures(
            'Age of the backup',
            's',
            26 * 3600,
            'Of the newest base backup; and for how long the archive has not had all that is committed.',
            [
              'time() - max(okienko_backup_base_timestamp_seconds or cnpg_collector_last_available_backup_timestamp)',
              'base backup',
            ],
            ['time() - max(okienko_backup_wal_timestamp_seconds)', 'archive behind'],
          ),
        ],
      ],
      ['HTTP', http('service')],
      ['Events', backbone()],
      ['Processes', processes()],
    ],
  },
  ...services.map((service) => ({
    uid: `okienko-${service}`,
    title: `Okienko: ${service}`,
    rows: [
      ...own[service],
      ['HTTP', http('route', service)],
      ['Events', backbone(service)],
      ['Processes', processes(service)],
    ] as const,
  })),
  { uid: 'okienko-partners', title: 'Okienko: partners', rows: [['Webhooks and feeds', partners]] },
  {
    uid: 'okienko-deadlines',
    title: 'Okienko: terms',
    rows: [
      ['Terms', deadlines],
      ['Orders and accesses', [...orders, accessLog]],
    ],
  },
];

const source = { type: 'prometheus', uid: '${datasource}' };
/** Three panels a row on a grid of 24 columns. */
const [width, height] = [8, 8];

function drawn({ title, help, unit, asks, asFigures, badFrom }: Panel, id: number, x: number, y: number): object {
  const steps = [{ color: 'green', value: null }, ...(badFrom === undefined ? [] : [{ color: 'red', value: badFrom }])];
  return {
    id,
    title,
    description: help,
    type: asFigures ? 'stat' : 'timeseries',
    datasource: source,
    gridPos: { x, y, w: width, h: height },
    fieldConfig: {
      defaults: {
        unit,
        min: 0,
        thresholds: { mode: 'absolute', steps },
        ...(!asFigures && { custom: { fillOpacity: 8, showPoints: 'never', spanNulls: false } }),
      },
      overrides: [],
    },
    options: asFigures
      ? { colorMode: 'background', reduceOptions: { calcs: ['lastNotNull'] }, textMode: 'value_and_name' }
      : { legend: { displayMode: 'list', placement: 'bottom' }, tooltip: { mode: 'multi', sort: 'desc' } },
    targets: asks.map(([expr, legendFormat], index) => ({
      refId: String.fromCharCode(65 + index),
      datasource: source,
      expr,
      legendFormat,
      ...(asFigures && { instant: true }),
    })),
  };
}

/** As Grafana takes it by file provisioning. */
export function grafanaOf({ uid, title, rows }: Dashboard): object {
  const panels: object[] = [];
  let y = 0;
  for (const [heading, content] of rows) {
    const row = { id: panels.length + 1, title: heading, type: 'row', collapsed: false, panels: [] };
    panels.push({ ...row, gridPos: { x: 0, y, w: 24, h: 1 } });
    y += 1;
    content.forEach((panel, index) =>
      panels.push(drawn(panel, panels.length + 1, (index % 3) * width, y + Math.floor(index / 3) * height)),
    );
    y += Math.ceil(content.length / 3) * height;
  }
  return {
    uid,
    title,
    tags: ['okienko'],
    schemaVersion: 39,
    editable: false,
    timezone: 'browser',
    time: { from: 'now-6h', to: 'now' },
    refresh: '30s',
    links: [{ type: 'dashboards', title: 'Okienko', tags: ['okienko'], asDropdown: true, keepTime: true }],
    templating: {
      list: [{ name: 'datasource', label: 'Prometheus', type: 'datasource', query: 'prometheus', current: {} }],
    },
    panels,
  };
}
