import { loginOf } from './jetstream';

test.each([
  ['nats://127.0.0.1:4222', { servers: ['nats://127.0.0.1:4222'] }],
  ['127.0.0.1:4222,127.0.0.1:4223', { servers: ['127.0.0.1:4222', '127.0.0.1:4223'] }],
  [
    'nats://centre:a%40b@n1:4222,nats://centre:a%40b@n2:4222',
    { servers: ['nats://n1:4222', 'nats://n2:4222'], user: 'centre', pass: 'a@b', inboxPrefix: '_INBOX_centre' },
  ],
  [
    'tls://centre:p@n1:4222,n2:4222',
    { servers: ['tls://n1:4222', 'n2:4222'], tls: {}, user: 'centre', pass: 'p', inboxPrefix: '_INBOX_centre' },
  ],
])('the login of %s', (url, login) => expect(loginOf(url)).toEqual(login));
