import { byId, element, time } from './dom.js';
import { entries, opening } from './entries.js';

const list = entries({
  list: byId('mail-list'),
  keyOf: ({ id }) => id,
  orderOf: ({ receivedAt }) => receivedAt,
  capacity: 500,
  render: ({ from, to, subject, text, receivedAt }) =>
    opening(
      [
        element(
          'span',
          { className: 'line' },
          element('span', { className: 'quiet' }, `to ${to.join(', ')}`),
          time(receivedAt),
        ),
        element('span', { className: 'what', lang: 'pl' }, subject || 'Without a subject'),
      ],
      element('p', { className: 'quiet' }, `from ${from}`),
      element('p', { className: 'letter', lang: 'pl' }, text.trim()),
    ),
});

export const showMail = list.add;
