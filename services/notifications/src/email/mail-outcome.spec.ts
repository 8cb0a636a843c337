import { outcomeOf } from './mail-outcome';

describe('an answer of the mail server', () => {
  it.each([
    [
      'an unknown mailbox',
      { code: 'EENVELOPE', responseCode: 550, response: '550 5.1.1 no such' },
      'REFUSED SMTP_5_1_1',
    ],
    ['a refused text', { code: 'EMESSAGE', responseCode: 554 }, 'REFUSED SMTP_554'],
    ['a full mailbox', { code: 'EENVELOPE', responseCode: 452, response: '452 4.2.2 full' }, 'NOT_NOW SMTP_4_2_2'],
    ['a wrong order of commands', { code: 'EENVELOPE', responseCode: 503 }, 'NOT_NOW SMTP_503'],
    ['a server that is closing', { code: 'EENVELOPE', responseCode: 421 }, 'NOT_NOW EENVELOPE for all'],
    ['a wrong password of ours', { code: 'EAUTH', responseCode: 535 }, 'NOT_NOW EAUTH for all'],
    ['no connection', { code: 'ECONNECTION' }, 'NOT_NOW ECONNECTION for all'],
    ['a text that broke off', { code: 'EMESSAGE' }, 'NOT_NOW EMESSAGE for all'],
    ['nothing known', undefined, 'NOT_NOW UNKNOWN for all'],
  ])('for %s (%j) means %s', (_what, error, expected) => {
    const outcome = outcomeOf(error);
    const isOutage = outcome.kind === 'NOT_NOW' && outcome.isOutage;
    expect(`${outcome.kind} ${outcome.code}${isOutage ? ' for all' : ''}`).toBe(expected);
  });
});
