import { languages } from '../recipients/recipient';
import { shippedCodes as templates } from '../templates/shipped';
import { LetterWriter } from './letter-writer';

const writer = new LetterWriter('Centrum Usług Społecznych w Elblągu');
const facts = {
  scheduledFor: '2026-03-05T09:00:00Z',
  place: 'CENTRE',
  answerBy: '2026-03-09',
  dueOn: '2026-03-02',
  openGrosze: 3000,
  count: 3,
};
const form = 'STANDARD';
const everyLetter = languages.flatMap((language) => templates.map((template) => [language, template] as const));

describe('a letter', () => {
  it.each(everyLetter)('in %s exists for %s', async (language, template) => {
    const letter = await writer.write(template, { language, form }, facts);
    expect(letter.language).toBe(language);
    expect(letter.subject).toMatch(/CUS/);
    expect(letter.text.split('\n').length).toBeGreaterThan(4);
    expect(letter.text).toContain('Centrum Usług Społecznych w Elblągu');
    expect(letter.text).not.toMatch(/[{}]|undefined|&amp;/);
  });

  it.each(languages)('in %s gives nothing away in its subject', async (language) => {
    const subjects = await Promise.all(
      templates.map(async (template) => (await writer.write(template, { language, form }, facts)).subject),
    );
    expect(new Set(subjects).size).toBe(1);
  });

  it('tells the hour of a talk as clocks in Poland show it', async () => {
    const { text } = await writer.write('talk-arranged', { language: 'pl', form }, facts);
    expect(text).toContain('czwartek, 5 marca 2026');
    expect(text).toContain('10:00');
    expect(text).toContain('w naszym Centrum');
  });

  it.each([
    ['pl', 'poniedziałek, 9 marca 2026'],
    ['uk', 'понеділок, 9 березня 2026'],
    ['en', 'Monday, 9 March 2026'],
  ] as const)('tells in %s by when to answer', async (language, day) => {
    expect((await writer.write('place-offered', { language, form }, facts)).text).toContain(day);
  });

  it('has a short form that names a day and a time at most', async () => {
    const short = async (language: string, template: string): Promise<string | undefined> =>
      (await writer.write(template, { language, form }, facts)).short;
    expect(await short('pl', 'talk-arranged')).toBe(
      'Masz wiadomosc z CUS. Spotkajmy sie: czwartek, 5 marca, godz. 10:00. Jesli nie mozesz, daj nam znac. Centrum Uslug Spolecznych w Elblagu',
    );
    expect(await short('uk', 'plan-approved')).toContain('Ви маєте повідомлення від CUS.');
    expect(await short('en', 'fee-overdue')).toContain('You have a message from CUS. Call us or come in.');
  });

  it('is easy to read for whoever asked for that: other words, one short sentence a line', async () => {
    for (const template of templates) {
      const easy = await writer.write(template, { language: 'pl', form: 'ETR' }, facts);
      expect(easy.language).toBe('pl-x-etr');
      expect(easy.text).not.toBe((await writer.write(template, { language: 'pl', form }, facts)).text);
      const long = easy.text.split('\n').filter((line) => line.split(' ').length > 10 || /[.?] [A-ZŁŚŻ]/.test(line));
      expect(long).toEqual([]);
    }
  });

  it('falls back to Polish', async () => {
    expect((await writer.write('plan-approved', { language: 'de', form }, {})).subject).toBe('Masz wiadomość z CUS');
  });
});
