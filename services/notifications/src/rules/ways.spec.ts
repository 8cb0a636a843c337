import fc from 'fast-check';
import { type Channel, type ChannelCode, channelCodes } from '../channels/channel';
import type { Recipient } from '../recipients/recipient';
import { waysTo } from './ways';

const anna: Recipient = {
  personId: '0197a000-0000-7000-8000-000000000003',
  name: 'Anna Zielińska',
  email: 'anna@example.pl',
  language: 'pl',
  form: 'STANDARD',
};
const open = (...codes: readonly ChannelCode[]): Channel[] =>
  codes.map((code) => ({ code, reaches: () => true, send: () => Promise.resolve({ kind: 'IN_HANDS' }) }));
const all = open(...channelCodes);
const rule = { channels: ['EMAIL', 'SMS', 'LETTER'], needsProof: false } as const;

describe('the ways to somebody', () => {
  it('are those of the rule that reach them', () => {
    expect(waysTo(rule, anna, all)).toEqual(['EMAIL', 'SMS', 'LETTER']);
    expect(waysTo(rule, anna, open('LETTER', 'EDORECZENIA'))).toEqual(['LETTER']);
    expect(waysTo(rule, anna, [])).toEqual([]);
  });

  it('begin with what the person wishes, and with the form that they asked for before that', () => {
    expect(waysTo(rule, { ...anna, channels: ['COLLECTION', 'SMS'] }, all)).toEqual(['SMS', 'EMAIL', 'LETTER']);
    const large = { ...anna, form: 'LARGE_PRINT', channels: ['SMS'] } as const;
    expect(waysTo(rule, large, all)).toEqual(['LETTER', 'SMS', 'EMAIL']);
  });

  it('are none in writing for whoever asked to be read to, but those they named', () => {
    expect(waysTo(rule, { ...anna, form: 'READ_ALOUD' }, all)).toEqual([]);
    expect(waysTo(rule, { ...anna, form: 'READ_ALOUD', channels: ['EMAIL'] }, all)).toEqual(['EMAIL']);
  });

  it('are those of the law where a proof is needed, whatever is wished', () => {
    const proven = { channels: ['COLLECTION', 'LETTER', 'EDORECZENIA'], needsProof: true } as const;
    const wishing = { ...anna, form: 'READ_ALOUD', channels: ['COLLECTION'] } as const;
    expect(waysTo(proven, wishing, all)).toEqual(['EDORECZENIA', 'LETTER', 'COLLECTION']);
    expect(waysTo(proven, wishing, open('COLLECTION', 'LETTER'))).toEqual(['LETTER', 'COLLECTION']);
  });

  it('are none where somebody else might read it', () => {
    expect(waysTo(rule, { ...anna, isSuppressed: true }, all)).toEqual([]);
  });

  it('are each one of the rule, at most once, and never lost by a wish', () => {
    const codes = fc.uniqueArray(fc.constantFrom(...channelCodes));
    fc.assert(
      fc.property(codes, fc.option(codes, { nil: undefined }), codes, (channels, wished, reachable) => {
        const recipient = wished ? { ...anna, channels: wished } : anna;
        const ways = waysTo({ channels, needsProof: false }, recipient, open(...reachable));
        expect([...ways].sort()).toEqual(channels.filter((code) => reachable.includes(code)).sort());
        const wishedFirst = (wished ?? []).filter((code) => ways.includes(code));
        expect(ways.slice(0, wishedFirst.length)).toEqual(wishedFirst);
      }),
    );
  });
});
