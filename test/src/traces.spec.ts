import { Tracker } from './traces';

const name = 'Brzęczyszczykiewiczówna-Łoś';
const tracker = new Tracker([name, '44051401458']);

describe('a marked value is found', () => {
  test.each([
    ['as it is', name],
    ['in small letters', name.toLowerCase()],
    ['without diacritics, in capitals', 'BRZECZYSZCZYKIEWICZOWNA-LOS'],
    ['in decomposed Unicode', name.normalize('NFD')],
    ['in a URL', encodeURIComponent(name)],
    [
      'escaped in JSON',
      JSON.stringify(name).replaceAll(/[^\x20-\x7e]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`),
    ],
    ['in hex', Buffer.from(name).toString('hex')],
    ['in a bytea of PostgreSQL', `(1,"\\\\x00${Buffer.from(name).toString('hex').toUpperCase()}ff")`],
    ['in Base64', Buffer.from(name).toString('base64')],
    ['folded and then in Base64', Buffer.from('brzeczyszczykiewiczowna-los').toString('base64')],
    ...['', 'x', 'xx', 'xxx'].map((before) => [
      `in the Base64 of a longer text, ${before.length} in`,
      Buffer.from(`${before}${name} i coś jeszcze`).toString('base64'),
    ]),
    ['in Base64 for URLs', Buffer.from(`?>${name}`).toString('base64url')],
  ])('%s', (_, text) => {
    expect(tracker.in(`before ${text} after`)).toEqual([name]);
  });
});

test('numbers are found as well, and what is not there is not', () => {
  expect(tracker.in('{"pesel":"44051401458"}')).toEqual(['44051401458']);
  expect(tracker.in('{"pesel":"44051401459","name":"Brzęczyszczykiewicz"}')).toEqual([]);
});
