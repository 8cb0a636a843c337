import { byId, element } from './dom.js';

/** What is done in the city, today and at this moment, as the live events tell it. */
export function showCity(counts) {
  byId('no-city').hidden = counts.some(({ today }) => today > 0);
  byId('city-counts').replaceChildren(
    ...counts.map(({ name, lastMinute, today }) =>
      element(
        'tr',
        { role: 'row' },
        element('th', { role: 'rowheader', scope: 'row' }, name),
        element('td', { role: 'cell', className: 'now' }, String(lastMinute)),
        element('td', { role: 'cell', className: 'now' }, String(today)),
      ),
    ),
  );
}
