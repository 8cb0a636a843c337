/* global ResizeObserver, document, getComputedStyle, matchMedia */
import { byId, element } from './dom.js';
import uPlot from './uplot.js';

const kept = 100;
const height = 150;

const services = ['catalogue', 'cases', 'providers', 'notifications'];
const dashes = { catalogue: [], cases: [6, 3], providers: [2, 3], notifications: [9, 3, 2, 3] };

const perSecond = (value) => `${number(value)}/s`;
const duration = (seconds) => (seconds < 1 ? `${number(seconds * 1000)} ms` : `${number(seconds)} s`);
const count = (value) => String(Math.round(value));
const number = (value) => value.toLocaleString('en', { maximumSignificantDigits: value < 100 ? 2 : 3 });

/** What is drawn. Each line has its colour and its dashes, so that it can be told from the others without seeing colours. */
const line = (name, of, look = name) => ({ name, of, look });
const charts = [
  {
    title: 'Requests a second',
    unit: perSecond,
    lines: services.map((service) => line(service, ({ requests }) => requests[service])),
  },
  {
    title: 'Answered, 95 of 100 within',
    unit: duration,
    spansGaps: true,
    lines: services.map((service) => line(service, ({ answered }) => answered[service])),
  },
  {
    title: 'Events a second',
    unit: perSecond,
    lines: [
      line('published', ({ events }) => events.published, 'cases'),
      line('handled', ({ events }) => events.handled, 'providers'),
    ],
  },
  {
    title: 'From act to effect, 95 of 100 within',
    unit: duration,
    spansGaps: true,
    lines: [line('events', ({ lag }) => lag, 'cases')],
  },
  {
    title: 'Webhooks a second',
    unit: perSecond,
    lines: [line('delivered', ({ webhooks }) => webhooks, 'notifications')],
  },
  {
    title: 'Waiting',
    unit: count,
    lines: [
      line('in outboxes', ({ waiting }) => waiting.outbox, 'catalogue'),
      line('before consumers', ({ waiting }) => waiting.consumers, 'cases'),
      line('dead letters', ({ waiting }) => waiting.deadLetters, 'notifications'),
    ],
  },
];

const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
const clock = (seconds) =>
  new Date(seconds * 1000).toLocaleTimeString('pl-PL', { hour: '2-digit', minute: '2-digit', second: '2-digit' });

function drawing({ lines, unit, spansGaps = false }, place) {
  const axis = {
    stroke: () => colour('quiet'),
    grid: { stroke: () => colour('line'), width: 1 },
    ticks: { show: false },
  };
  return new uPlot(
    {
      width: Math.max(place.clientWidth, 100),
      height,
      legend: { show: false },
      cursor: { show: false },
      scales: { y: { range: (_, _least, most) => [0, most > 0 ? most * 1.1 : 1] } },
      axes: [
        { ...axis, size: 32, space: 90, values: (_, splits) => splits.map(clock) },
        { ...axis, size: 62, values: (_, splits) => splits.map(unit) },
      ],
      series: [
        {},
        ...lines.map(({ look }) => ({
          stroke: () => colour(look),
          width: 2,
          dash: dashes[look],
          spanGaps: spansGaps,
          points: { show: false },
        })),
      ],
    },
    [[], ...lines.map(() => [])],
    place,
  );
}

/** A piece of the line. */
function swatch(look) {
  const make = (name, attributes) => {
    const made = document.createElementNS('http://www.w3.org/2000/svg', name);
    for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value);
    return made;
  };
  const picture = make('svg', { class: 'swatch', width: 28, height: 4, 'aria-hidden': true });
  picture.append(make('path', { d: 'M0 2H28', 'stroke-dasharray': dashes[look].join(' ') }));
  return picture;
}

/** A chart, and in words what it says now; who does not see the one reads the other. */
function made(chart) {
  const place = element('div', { className: 'chart', aria: { hidden: 'true' } });
  const said = chart.lines.map(() => element('span', { className: 'now' }, '–'));
  const legend = element(
    'ul',
    { className: 'legend' },
    chart.lines.map(({ name, look }, index) =>
      element('li', { data: { service: look } }, swatch(look), `${name} `, said[index]),
    ),
  );
  byId('charts').append(element('figure', {}, element('figcaption', {}, chart.title), place, legend));
  const plot = drawing(chart, place);
  new ResizeObserver(() => plot.setSize({ width: place.clientWidth, height })).observe(place);
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => plot.redraw());
  return (history) => {
    plot.setData([
      history.map(({ at }) => Date.parse(at) / 1000),
      ...chart.lines.map(({ of }) => history.map((point) => of(point) ?? null)),
    ]);
    chart.lines.forEach(({ of }, index) => {
      // Where nothing was measured just now, the last that was.
      const values = history.map(of).filter((value) => typeof value === 'number');
      said[index].textContent = values.length ? chart.unit(values.at(-1)) : '–';
    });
  };
}

let history = [];
let updates;

export function showFigures(points) {
  // After a lost connection the stream begins with what is kept.
  const last = history.at(-1)?.at ?? '';
  history = [...history, ...points.filter(({ at }) => at > last)].slice(-kept);
  if (history.length === 0) return;
  byId('no-figures').hidden = true;
  updates ??= charts.map(made);
  for (const update of updates) update(history);
}
