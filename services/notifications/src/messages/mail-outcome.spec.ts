import { outcomeOf } from './mail-outcome';

describe('an answer of the mail server', () => {
  it.each([
    ['an unknown mailbox', { code: 'EENVELOPE', responseCode: 550 }, 'REFUSED'],
    ['a refused text', { code: 'EMESSAGE', responseCode: 554 }, 'REFUSED'],
    ['a full mailbox', { code: 'EENVELOPE', responseCode: 452 }, 'NOT_NOW'],
    ['a wrong password of ours', { code: 'EAUTH', responseCode: 535 }, 'NOT_NOW'],
    ['no connection', { code: 'ECONNECTION' }, 'NOT_NOW'],
    ['nothing known', undefined, 'NOT_NOW'],
  ])('for %s (%j) means %s', (_what, error, outcome) => {
    expect(outcomeOf(error)).toBe(outcome);
  });
});
