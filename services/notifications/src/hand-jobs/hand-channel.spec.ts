import type { Recipient } from '../recipients/recipient';
import { HandChannel, handChannels } from './hand-channel';

const anna: Recipient = { personId: 'p', name: 'Anna', language: 'pl', form: 'STANDARD' };
const postalAddress = { street: 'ul. Prosta 1', postalCode: '82-300', city: 'Elbląg' };
const waysTo = (more: Partial<Recipient>): string[] =>
  handChannels({ put: () => Promise.resolve(true) })
    .filter((channel) => channel.reaches({ ...anna, ...more }))
    .map(({ code }) => code);
const outgoing = { messageId: 'm', attempt: 1, letter: { language: 'pl', subject: '', text: '' } } as const;

describe('the ways through the hands of staff', () => {
  it.each([
    ['nobody without an address who asked for nothing', {}, []],
    ['a postal address by letter', { postalAddress }, ['LETTER']],
    ['no confidential one', { postalAddress, isAddressConfidential: true }, []],
    ['whoever asked to come', { channels: ['COLLECTION' as const] }, ['COLLECTION']],
    ['an address for electronic delivery', { ade: 'AE:PL-12345-67890-ABCDE-12' }, ['EDORECZENIA']],
    ['nobody who must not be written to', { postalAddress, channels: ['COLLECTION' as const], isSuppressed: true }, []],
  ])('reach %s', (_, more, ways) => expect(waysTo(more)).toEqual(ways));

  it('put a message into hands, tell when that was in vain before, and never throw', async () => {
    const outcomeOf = (put: () => Promise<boolean>) => new HandChannel('LETTER', { put }).send(outgoing);
    expect(await outcomeOf(() => Promise.resolve(true))).toEqual({ kind: 'IN_HANDS' });
    expect(await outcomeOf(() => Promise.resolve(false))).toEqual({ kind: 'REFUSED', code: 'TRIED_BEFORE' });
    expect(await outcomeOf(() => Promise.reject(new Error('down')))).toEqual({ kind: 'NOT_NOW', code: 'NOT_RECORDED' });
  });
});
