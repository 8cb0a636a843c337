/* global document */

/** An element with properties, `data-` attributes and children; text stays text, whatever it holds. */
export function element(name, { data = {}, aria = {}, ...properties } = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  Object.assign(made.dataset, data);
  for (const [attribute, value] of Object.entries(aria)) made.setAttribute(`aria-${attribute}`, value);
  made.append(...children.flat().filter((child) => child !== undefined && child !== ''));
  return made;
}

export const byId = (id) => document.getElementById(id);

export const link = (href, text, about) => element('a', { href, ...(about && { aria: { label: about } }) }, text);

/** Text that may break after a dot or a dash, and before a capital. */
export const breakable = (text) =>
  text.split(/(?<=[._/:-])|(?<=[a-z])(?=[A-Z])/).flatMap((part, index) => (index ? [element('wbr'), part] : [part]));

export const code = (text) => element('code', {}, ...breakable(text));

export const time = (iso) =>
  element('time', { dateTime: iso, title: new Date(iso).toLocaleString() }, new Date(iso).toLocaleTimeString('pl-PL'));

export const tag = (service) => element('span', { className: 'tag', data: { service } }, service);

export const plural = (count, one, many = `${one}s`) => `${count} ${count === 1 ? one : many}`;
