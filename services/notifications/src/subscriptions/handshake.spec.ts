import { agreedRate, type Consent, SinkDoesNotAgree } from './handshake';

const origin = 'cus.example.pl';
const rate = (consent: Consent) => agreedRate({ status: 200, allowedOrigin: origin, ...consent }, origin);

describe('a sink that is asked', () => {
  it.each([
    [{}, undefined],
    [{ status: 204, allowedOrigin: '*' }, undefined],
    [{ allowedOrigin: 'other.example, CUS.example.pl' }, undefined],
    [{ allowedRate: '*' }, undefined],
    [{ allowedRate: '1' }, 1],
    [{ allowedRate: '120' }, 120],
    [{ allowedRate: '100001' }, undefined],
  ])('agrees by %j', (consent, expected) => {
    expect(rate(consent)).toBe(expected);
  });

  it.each([
    ['nobody answers', { errorCode: 'ECONNREFUSED', status: undefined }, 'ECONNREFUSED'],
    ['it is sent elsewhere', { status: 302 }, '302'],
    ['the method is not known', { status: 405 }, '405'],
    ['nobody is named', { allowedOrigin: undefined }, 'WebHook-Allowed-Origin: cus.example.pl'],
    ['another is named', { allowedOrigin: 'evil-cus.example.pl' }, 'does not name'],
    ['the rate is none', { allowedRate: '0' }, 'WebHook-Allowed-Rate'],
    ['the rate is a word', { allowedRate: 'few' }, 'WebHook-Allowed-Rate'],
    ['the rate is a part', { allowedRate: '0.5' }, 'WebHook-Allowed-Rate'],
  ])('does not agree when %s, and hears what to do', (_, consent, told) => {
    expect(() => rate(consent)).toThrow(SinkDoesNotAgree);
    expect(() => rate(consent)).toThrow(told);
  });
});
