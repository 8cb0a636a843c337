import { languageOf, readRecipient, RecipientUnreadable } from './recipient';

const anna = {
  personId: '0197a000-0000-7000-8000-000000000003',
  name: 'Anna Zielińska',
  email: 'anna@example.pl',
  phone: '+48 600 000 000',
  language: 'pl',
  form: 'STANDARD',
};

describe('a recipient', () => {
  it('is read as it was sealed', () => {
    expect(readRecipient(anna)).toEqual(anna);
  });

  it('may have neither e-mail nor phone', () => {
    const { email: _email, ...rest } = anna;
    expect(readRecipient({ ...rest, phone: null })).not.toHaveProperty('phone');
    expect(readRecipient(rest)).not.toHaveProperty('email');
  });

  it.each([
    ['no person', { ...anna, personId: undefined }],
    ['two addresses in one', { ...anna, email: 'anna@example.pl, eve@example.pl' }],
    ['a header smuggled in', { ...anna, email: 'anna@example.pl\r\nBcc: eve@example.pl' }],
    ['a display name', { ...anna, email: '"Anna" <anna@example.pl>' }],
    ['a name over two lines', { ...anna, name: 'Anna\nZielińska' }],
    ['a number for a language', { ...anna, language: 1 }],
    ['nothing at all', null],
  ])('is refused with %s', (_what, opened) => {
    expect(() => readRecipient(opened)).toThrow(RecipientUnreadable);
  });

  it('is written to in the language asked for, and in Polish when there is no text in it', () => {
    const asked = ['uk', 'en-GB', 'pl-x-etr', 'pl-PL', 'de', ''];
    const inForm = (form: string): string[] => asked.map((language) => languageOf({ language, form }));
    expect(inForm('STANDARD')).toEqual(['uk', 'en', 'pl-x-etr', 'pl', 'pl', 'pl']);
    expect(inForm('ETR')).toEqual(['uk', 'en', 'pl-x-etr', 'pl-x-etr', 'pl-x-etr', 'pl-x-etr']);
  });
});
