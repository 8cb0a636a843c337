import fc from 'fast-check';
import { channelCodes } from '../channels/channel';
import { languageOf, type Recipient, readRecipient, RecipientUnreadable, waysTo } from './recipient';

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
    [
      'a postal code of another country',
      { ...anna, postalAddress: { street: 'Rynek 1', postalCode: '8230', city: 'X' } },
    ],
    ['an address without a city', { ...anna, postalAddress: { street: 'Rynek 1', postalCode: '82-300' } }],
    ['an ADE that is none', { ...anna, ade: 'AE:PL-1' }],
    ['a way that nobody knows', { ...anna, channels: ['PIGEON'] }],
    ['an hour that no clock shows', { ...anna, quiet: { from: '24:00', to: '06:00' } }],
    ['a suppression in words', { ...anna, isSuppressed: 'no' }],
    ['a guardian by name', { ...anna, guardianId: 'Jan Zieliński' }],
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

const text = fc.stringMatching(/^[A-Za-zĄ-ż0-9 ./-]{1,40}$/);
const twoDigits = (most: number) => fc.integer({ min: 0, max: most }).map((n) => String(n).padStart(2, '0'));
const hour = fc.tuple(twoDigits(23), twoDigits(59)).map((parts) => parts.join(':'));
const recipients: fc.Arbitrary<Recipient> = fc.record(
  {
    personId: fc.uuid(),
    name: text,
    email: fc.constant('anna@example.pl'),
    phone: fc.constant('+48600000000'),
    language: fc.constantFrom('pl', 'uk', 'en'),
    form: fc.constantFrom('STANDARD', 'ETR', 'LARGE_PRINT', 'READ_ALOUD'),
    postalAddress: fc.record({ street: text, postalCode: fc.stringMatching(/^\d{2}-\d{3}$/), city: text }),
    ade: fc.stringMatching(/^AE:PL-\d{5}-\d{5}-[A-Z]{5}-\d{2}$/),
    channels: fc.shuffledSubarray([...channelCodes]),
    quiet: fc.record({ from: hour, to: hour }),
    isAddressConfidential: fc.boolean(),
    isSuppressed: fc.boolean(),
    guardianId: fc.uuid(),
  },
  { requiredKeys: ['personId', 'name', 'language', 'form'] },
);

describe('any recipient', () => {
  it('is read as it was sealed, whatever a later version adds', () => {
    fc.assert(
      fc.property(recipients, fc.anything(), (recipient, more) => {
        const sealed = JSON.parse(JSON.stringify({ ...recipient, later: more })) as object;
        expect(readRecipient(sealed)).toEqual(recipient);
      }),
    );
  });

  it('is read or refused, and nothing else happens', () => {
    fc.assert(
      fc.property(
        recipients,
        fc.constantFrom(...Object.keys(anna), 'quiet', 'channels', 'ade'),
        fc.jsonValue(),
        (...[known, field, value]) => {
          try {
            expect(readRecipient({ ...known, [field]: value })).toMatchObject({ personId: expect.any(String) });
          } catch (error) {
            expect(error).toBeInstanceOf(RecipientUnreadable);
          }
        },
      ),
    );
  });

  it('gets nothing at all while suppressed, and no letter while the address is confidential', () => {
    fc.assert(
      fc.property(recipients, (recipient) => {
        const ways = waysTo(recipient);
        if (recipient.isSuppressed) expect(ways).toEqual([]);
        else expect(ways).toContain('COLLECTION');
        if (recipient.isAddressConfidential) expect(ways).not.toContain('LETTER');
        if (!recipient.email) expect(ways).not.toContain('EMAIL');
      }),
    );
  });
});
