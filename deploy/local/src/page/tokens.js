/* global fetch, navigator */
import { byId, element } from './dom.js';

/** An account for each role, with a token to copy. */
export async function showAccounts() {
  const accounts = await (await fetch('/accounts.json')).json();
  byId('accounts').replaceChildren(...accounts.map(account));
}

function account({ id, name, roles, unit }) {
  const button = element(
    'button',
    { type: 'button', aria: { label: `Copy a token of ${name}, ${roles.join(', ')}` } },
    'Copy token',
  );
  button.addEventListener('click', () => void copy(id, name));
  return element(
    'li',
    {},
    element(
      'div',
      {},
      element('strong', {}, roles.join(', ')),
      element('span', { lang: 'pl' }, name),
      element('code', { className: 'quiet' }, unit ? `${id}, ${unit}` : id),
    ),
    button,
  );
}

async function copy(id, name) {
  const [said, text] = [byId('token-said'), byId('token-text')];
  said.textContent = '';
  text.hidden = true;
  const response = await fetch(`/tokens/${encodeURIComponent(id)}`, { method: 'POST' }).catch(() => undefined);
  if (!response?.ok) return void (said.textContent = `No token for ${name}: the issuer did not answer.`);
  const { access_token: token } = await response.json();
  try {
    await navigator.clipboard.writeText(token);
    said.textContent = `Token of ${name} copied.`;
  } catch {
    // The browser does not give the clipboard away: then by hand.
    said.textContent = `Token of ${name}, to copy by hand:`;
    text.value = token;
    text.hidden = false;
    text.focus();
    text.select();
  }
}
