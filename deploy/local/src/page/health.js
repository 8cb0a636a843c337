import { breakable, byId, element, link } from './dom.js';

const polish = {
  catalogue: 'katalog usług',
  cases: 'sprawy',
  providers: 'wykonawcy',
  notifications: 'powiadomienia',
};
const engineNames = { postgres: 'PostgreSQL', nats: 'NATS JetStream' };
const known = { text: '' };

/** Written anew only when something is different, so that the focus stays where it is. */
export function showHealth(status) {
  const text = JSON.stringify(status);
  if (text === known.text) return;
  known.text = text;
  const { services, engines, issuer, note } = status;
  const missing = [...services, ...engines].filter(({ ready }) => !ready).map(({ name }) => engineNames[name] ?? name);
  byId('health-summary').textContent = missing.length ? `Not ready: ${missing.join(', ')}.` : 'Everything is ready.';
  rows(byId('services'), services, serviceRow);
  rows(byId('engines'), engines, engineRow);
  byId('note').textContent = note ?? '';
  byId('note').hidden = !note;
  const cases = services.find(({ name }) => name === 'cases');
  if (cases) byId('me').textContent = `${cases.url}/me`;
  fill(
    byId('openapi'),
    'OpenAPI: ',
    services.map(({ name, url }) => link(`${url}/docs`, name)),
  );
  fill(byId('issuer'), 'Token issuer: ', [
    link(`${issuer}/.well-known/openid-configuration`, 'discovery'),
    link(`${issuer}/jwks`, 'keys'),
  ]);
}

/** A row that says the same as before stays the same row. */
function rows(body, all, row) {
  all.forEach((one, index) => {
    const said = JSON.stringify(one);
    const old = body.children[index];
    if (old?.dataset.said === said) return;
    const made = row(one);
    made.dataset.said = said;
    if (old) old.replaceWith(made);
    else body.append(made);
  });
}

function fill(item, text, links) {
  const said = links.map(({ href }) => href).join(' ');
  if (item.dataset.said === said) return;
  item.dataset.said = said;
  item.replaceChildren(text, ...links.flatMap((one, index) => (index ? [', ', one] : [one])));
}

const state = (ready) =>
  element(
    'td',
    { role: 'cell' },
    element('span', { className: 'state', data: { ready } }, ready ? 'ready' : 'not ready'),
  );

const quiet = (...content) => element('span', { className: 'quiet' }, ...content);

const process = ({ version, pid }) => [version && `version ${version}`, pid && `pid ${pid}`].filter(Boolean).join(', ');

const serviceRow = ({ name, url, ready, ...rest }) =>
  element(
    'tr',
    { role: 'row', data: { service: name } },
    element(
      'th',
      { role: 'rowheader', scope: 'row' },
      name,
      ' ',
      element('span', { className: 'term', lang: 'pl' }, polish[name] ?? ''),
      quiet(process(rest)),
    ),
    state(ready),
    element(
      'td',
      { role: 'cell', className: 'links' },
      link(`${url}/docs`, 'docs', `${name}: docs`),
      ' ',
      link(`${url}/openapi.json`, 'openapi', `${name}: openapi`),
      ' ',
      link(`${url}/metrics`, 'metrics', `${name}: metrics`),
    ),
  );

const engineRow = ({ name, url, ready, source, ...rest }) =>
  element(
    'tr',
    { role: 'row' },
    element('th', { role: 'rowheader', scope: 'row' }, engineNames[name] ?? name, quiet(process(rest))),
    state(ready),
    element('td', { role: 'cell' }, source, quiet(...breakable(url))),
  );
