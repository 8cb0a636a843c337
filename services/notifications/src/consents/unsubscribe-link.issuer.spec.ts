import { SignJWT, UnsecuredJWT } from 'jose';
import { NotificationsConfig } from '../config';
import { languages } from '../recipients/recipient';
import { UnsubscribeLinks } from './unsubscribe-link.issuer';
import { donePage, gonePage, questionPage } from './unsubscribe-page';

const message = '0197a000-0000-7000-8000-000000000070';
const key = 'a'.repeat(44);
const links = (changed: object = {}): UnsubscribeLinks =>
  new UnsubscribeLinks(
    Object.assign(new NotificationsConfig(), { UNSUBSCRIBE_KEY: key, PUBLIC_URL: 'https://cus.example/n/' }, changed),
  );
const tokenOf = async (issuer: UnsubscribeLinks): Promise<string> =>
  /\?token=([\w.-]+)>$/.exec((await issuer.of(message, 'uk'))?.headers['List-Unsubscribe'] ?? '')?.[1] ?? '';

describe('the link out of extra messages', () => {
  it('is in the headers that mail programs know (RFC 2369, RFC 8058) and in the last line', async () => {
    const way = await links().of(message, 'pl');
    expect(way?.headers['List-Unsubscribe']).toMatch(/^<https:\/\/cus\.example\/n\/unsubscribe\?token=[\w.-]+>$/);
    expect(way?.headers['List-Unsubscribe-Post']).toBe('List-Unsubscribe=One-Click');
    expect(way?.line).toContain(way?.headers['List-Unsubscribe'].slice(1, -1));
    expect(await links().of(message, 'pl')).toEqual(way);
  });

  it('names the message and its language, nothing else', async () => {
    const token = await tokenOf(links());
    expect(await links().read(token)).toEqual({ messageId: message, language: 'uk' });
    const [, payload = ''] = token.split('.');
    expect(Object.keys(JSON.parse(Buffer.from(payload, 'base64url').toString()) as object).sort()).toEqual([
      'aud',
      'lang',
      'sub',
    ]);
  });

  it('is nowhere where it is not signed or could not be reached', async () => {
    for (const without of [{ UNSUBSCRIBE_KEY: undefined }, { PUBLIC_URL: undefined }]) {
      const issuer = links(without);
      expect(await issuer.of(message, 'pl')).toBeUndefined();
    }
    expect(await links({ UNSUBSCRIBE_KEY: undefined }).read(await tokenOf(links()))).toBeUndefined();
  });

  it('is not made by anybody else', async () => {
    const token = await tokenOf(links());
    const aud = 'okienko-notifications-unsubscribe';
    const other = new SignJWT({ lang: 'pl' }).setSubject(message).setAudience(aud);
    const forged = [
      await other.setProtectedHeader({ alg: 'HS256', typ: 'okienko-unsubscribe+jwt' }).sign(new Uint8Array(32)),
      new UnsecuredJWT({ lang: 'pl' }).setSubject(message).setAudience(aud).encode(),
      token.slice(0, -2),
      `${token}x`,
      '',
      'undefined',
    ];
    for (const one of forged) expect(await links().read(one)).toBeUndefined();
    expect(await links({ UNSUBSCRIBE_KEY: 'b'.repeat(44) }).read(token)).toBeUndefined();
  });
});

describe('the page', () => {
  it.each(languages)('in %s asks with one button, and runs and fetches nothing', (language) => {
    const question = questionPage(language);
    expect(question.match(/<button/g)).toHaveLength(1);
    expect(question).toContain('<form method="post">');
    for (const page of [question, donePage(language), gonePage(language)]) {
      expect(page).toContain(`<html lang="${language}">`);
      expect(page).not.toMatch(/<script|src=|href=|url\(|undefined/);
    }
    expect(new Set([question, donePage(language), gonePage(language)]).size).toBe(3);
  });
});
