/* global EventSource, setInterval */
import { byId, plural } from './dom.js';

const names = {
  step: ['step of the journey', 'steps of the journey'],
  event: ['event', 'events'],
  mail: ['message', 'messages'],
  webhook: ['webhook', 'webhooks'],
};
/** Comes all the time, and is no news to be told or counted. */
const isQuiet = ({ kind }) => ['status', 'figures', 'city'].includes(kind);

/** Follows the stream and gives each kind to its handler. While paused, what comes waits in its order. */
export function follow(handlers) {
  const source = new EventSource('/stream');
  const news = announcer();
  let waiting;

  const deliver = ({ kind, content }) => {
    handlers[kind](content);
    news.count(kind);
  };
  for (const kind of Object.keys(handlers)) {
    source.addEventListener(kind, ({ data }) => {
      const message = { kind, content: JSON.parse(data) };
      if (waiting === undefined) return deliver(message);
      // Of the health and of what is counted only the last word counts.
      if (kind === 'status' || kind === 'city') waiting = waiting.filter((other) => other.kind !== kind);
      waiting.push(message);
      showPause();
    });
  }

  const button = byId('pause');
  function showPause() {
    const missed = waiting?.filter((one) => !isQuiet(one)).length ?? 0;
    button.setAttribute('aria-pressed', String(waiting !== undefined));
    button.textContent = missed > 0 ? `Paused, ${missed} waiting` : waiting ? 'Paused' : 'Pause updates';
  }
  button.addEventListener('click', () => {
    const due = waiting ?? [];
    waiting = waiting ? undefined : [];
    due.forEach(deliver);
    showPause();
  });

  const connection = byId('connection');
  const connected = (yes) => {
    connection.dataset.state = yes ? 'live' : 'lost';
    connection.textContent = yes ? 'Live' : 'Connection lost, trying again …';
  };
  source.addEventListener('open', () => connected(true));
  source.addEventListener('error', () => connected(false));
}

/** Tells a screen reader how much is new, now and then; reading out every event would leave no room for anything else. */
function announcer() {
  const counts = new Map();
  let replayed = false;
  setInterval(() => {
    if (counts.size === 0) return;
    byId('announcer').textContent = [...counts]
      .map(([kind, count]) => `new: ${plural(count, ...names[kind])}`)
      .join(', ');
    counts.clear();
  }, 5_000);
  return {
    count(kind) {
      // The first word on the health comes after what was kept.
      if (kind === 'status') replayed = true;
      else if (replayed && !isQuiet({ kind })) counts.set(kind, (counts.get(kind) ?? 0) + 1);
    },
  };
}
