import { breakable, byId, code, element, tag, time } from './dom.js';
import { entries, opening } from './entries.js';

const filter = byId('filter');

const list = entries({
  list: byId('event-list'),
  keyOf: ({ place }) => place,
  orderOf: ({ storedAt }) => storedAt,
  capacity: 500,
  showing: ({ service }) => [service, ''].includes(filter.querySelector(':checked').value),
  render: ({ service, type, title, storedAt, sealed, id, subject, sequence, data }) =>
    opening(
      [
        element('span', { className: 'line' }, tag(service), time(storedAt)),
        element('span', { className: 'what' }, title || type),
        element('span', { className: 'quiet' }, code(type), sequence ? ` no.\u00a0${sequence}` : ''),
      ],
      sealed
        ? element('p', {}, 'Sealed: encrypted for one service. Nobody else can read it, this page neither.')
        : [
            element('dl', {}, fact('Subject', subject), fact('Event', id)),
            element(
              'pre',
              { tabIndex: 0, aria: { label: `Data of ${type}` } },
              JSON.stringify(data, undefined, 2) ?? '',
            ),
          ],
    ),
});

const fact = (name, value = 'unknown') =>
  element('div', {}, element('dt', {}, name), element('dd', {}, element('code', {}, ...breakable(value))));

filter.addEventListener('change', list.refresh);

export const showEvent = list.add;
