import { AuthenticationRefused, type ClientCertificate, shownOf } from './authentication';
import { certified } from './certificates.sample';

const now = new Date();
const old = certified('old', new Date('2020-01-01'), new Date('2021-01-01'));
const mutual = (given: Partial<ClientCertificate> = {}): ClientCertificate => ({
  kind: 'MUTUAL_TLS',
  certificate: certified('okienko').certificate,
  privateKey: certified('okienko').privateKey,
  ...given,
});

describe('what is told of an authentication', () => {
  it('opens nothing', () => {
    const oauth = {
      kind: 'OAUTH2',
      tokenUrl: 'https://id.powiat.example/token',
      clientId: 'okienko',
      clientSecret: 'not-for-everybody',
      scope: 'events',
    } as const;
    expect(shownOf(oauth, now)).toEqual({
      kind: 'OAUTH2',
      tokenUrl: oauth.tokenUrl,
      clientId: 'okienko',
      scope: 'events',
    });
    const shown = shownOf(mutual(), now);
    expect(shown).toMatchObject({ kind: 'MUTUAL_TLS', subject: 'CN=okienko' });
    expect(shown).toMatchObject({ fingerprint: expect.stringMatching(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/) });
    expect(Date.parse((shown as { expiresAt: string }).expiresAt)).toBeGreaterThan(now.getTime());
    expect(JSON.stringify(shown)).not.toContain('BEGIN');
  });

  it.each<[string, Partial<ClientCertificate>, Date, string]>([
    ['has expired', old, now, 'expired at'],
    ['is not valid yet', {}, new Date('2020-01-01'), 'valid from'],
    ['has another key', { privateKey: certified('another').privateKey }, now, 'another certificate'],
    ['is none', { certificate: 'x' }, now, '"certificate" is no certificate'],
    ['has no key', { privateKey: 'x' }, now, '"privateKey" cannot be read'],
    ['has an authority that is none', { certificateAuthority: 'x' }, now, '"certificateAuthority"'],
  ])('a certificate that %s is refused with what to do', (_, given, at, told) => {
    expect(() => shownOf(mutual(given), at)).toThrow(AuthenticationRefused);
    expect(() => shownOf(mutual(given), at)).toThrow(told);
  });
});
