import { breakable, byId, code, element, plural, time } from './dom.js';
import { entries, opening } from './entries.js';

const list = entries({
  list: byId('webhook-list'),
  keyOf: ({ id, verified }) => `${verified} ${id}`,
  orderOf: ({ receivedAt }) => receivedAt,
  capacity: 1000,
  render: ({ verified, receivedAt, type, place, sequence, subject, id, time: happened }) =>
    opening(
      [
        element(
          'span',
          { className: 'line' },
          element(
            'span',
            { className: 'state', data: { ready: verified } },
            verified ? 'signature verified' : 'signature wrong, refused',
          ),
          time(receivedAt),
        ),
        element('span', { className: 'what' }, ...(verified ? [`${place}. `, code(type)] : ['Not read'])),
      ],
      element(
        'dl',
        {},
        ...Object.entries({
          Event: id,
          Subject: subject,
          'Place in the subject’s history': sequence,
          'Happened at': happened,
        }).flatMap(([name, value]) =>
          value
            ? [
                element(
                  'div',
                  {},
                  element('dt', {}, name),
                  element('dd', {}, element('code', {}, ...breakable(String(value)))),
                ),
              ]
            : [],
        ),
      ),
    ),
});

export function showWebhook(received) {
  list.add(received);
  byId('partner-summary').textContent = summary(list.items());
}

/** The subscription's own sequence has no gaps: the partner sees for itself whether something is missing. */
function summary(items) {
  const places = new Set(items.filter(({ verified }) => verified).map(({ place }) => place));
  const refused = items.filter(({ verified }) => !verified).length;
  const first = Math.min(...places);
  const last = Math.max(...places);
  const missing = last - first + 1 - places.size;
  const received = places.size
    ? `${plural(places.size, 'event')} received and verified, places ${first} to ${last}, ${missing ? `${missing} still missing` : 'none missing'}.`
    : '';
  return [received, refused ? `${plural(refused, 'webhook')} refused.` : ''].join(' ').trim();
}
