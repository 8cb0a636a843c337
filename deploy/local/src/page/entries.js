/* global requestAnimationFrame */
import { element } from './dom.js';

const glance = 10;

/**
 * A list, newest first: a few entries, and more on demand. Who reads one keeps it: an entry that is open or has the focus stays
 * when newer ones come. `order` gives the text by which entries are sorted; without it they stay as they came.
 */
export function entries({ list, keyOf, orderOf = () => '', render, capacity, showing = () => true }) {
  const items = [];
  const known = new Map();
  const [empty, more] = ['.empty', 'button.more'].map((selector) =>
    list.parentElement.querySelector(`:scope > ${selector}`),
  );
  let shown = glance;
  let due = false;

  function draw() {
    due = false;
    const chosen = items.filter(({ item }) => showing(item));
    const reading = ({ node }) => node?.matches(':focus-within') || node?.querySelector('details[open]');
    const wanted = chosen.filter((entry, index) => index < shown || reading(entry));
    place(wanted.map((entry) => (entry.node ??= element('li', {}, render(entry.item)))));
    empty.hidden = chosen.length > 0;
    more.hidden = chosen.length <= shown;
    more.textContent = `Show ${Math.min(glance, chosen.length - shown)} more of ${chosen.length}`;
  }

  /** Moves as little as possible: a node that is taken out and put back loses the focus. */
  function place(nodes) {
    let here = list.firstChild;
    for (const node of nodes) {
      if (node === here) here = here.nextSibling;
      else list.insertBefore(node, here);
    }
    while (here) {
      const next = here.nextSibling;
      here.remove();
      here = next;
    }
  }

  function drawSoon() {
    if (due) return;
    due = true;
    requestAnimationFrame(draw);
  }

  more.addEventListener('click', () => {
    const first = shown;
    shown += glance;
    draw();
    list.children[first]?.querySelector('summary')?.focus();
  });

  return {
    add(item) {
      const key = keyOf(item);
      // After a lost connection the stream begins with what is kept.
      if (known.has(key)) return;
      known.set(key, true);
      const order = orderOf(item);
      const at = items.findIndex((other) => other.order <= order);
      items.splice(at < 0 ? items.length : at, 0, { item, order, key });
      for (const old of items.splice(capacity)) known.delete(old.key);
      drawSoon();
    },
    items: () => items.map(({ item }) => item),
    refresh: drawSoon,
  };
}

/** One entry that opens: what it says at a glance, and the rest. */
export const opening = (summary, ...content) =>
  element('details', {}, element('summary', {}, ...summary), element('div', { className: 'inside' }, ...content));
