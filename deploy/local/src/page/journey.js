import { byId, element, time } from './dom.js';

const told = new Set();

/** The journey as it is played, oldest first. */
export function showStep({ at, title, detail }) {
  const key = `${at} ${title}`;
  if (told.has(key)) return;
  told.add(key);
  const list = byId('steps');
  list.append(
    element(
      'li',
      {},
      time(at),
      element('p', {}, title),
      detail ? element('p', { className: 'quiet' }, detail) : undefined,
    ),
  );
  list.parentElement.querySelector('.empty').hidden = true;
}
