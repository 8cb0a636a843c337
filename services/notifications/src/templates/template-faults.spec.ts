import fc from 'fast-check';
import { type Language, languages } from '../recipients/recipient';
import { factNames } from './letter-facts';
import { shippedCodes, shippedFacts, shippedText } from './shipped';
import { smsOf } from './sms-text';
import { exampleFacts, faultsOf } from './template-faults';
import { composed, type TemplateText } from './template-text';
import { wordsIn } from './words';

const centre = 'Centrum Usług Społecznych w Ostrowcu Świętokrzyskim';
const sound: TemplateText = {
  subject: 'Masz wiadomość z CUS',
  text: 'spotkajmy się:\n{{ when }}, {{ where }}.',
  short: 'Spotkanie {{ day }} o {{ time }}.',
  plainShort: true,
};
const check = { language: 'pl', facts: ['scheduledFor', 'place'], centre, mostParts: 2 } as const;
const faultsWith = (changed: Partial<TemplateText>, facts: typeof check.facts | readonly [] = check.facts): string[] =>
  faultsOf({ ...sound, ...changed }, { ...check, facts }).map(({ pointer, detail }) => `${pointer} ${detail}`);

describe('a text that is saved', () => {
  it('is sound', () => expect(faultsWith({})).toEqual([]));

  it.each([
    ['a word that nothing tells', { text: 'a\nb {{ surname }}' }, '/text Line 2: nothing tells it surname'],
    ['a word of another fact', { text: '{{ answerBy }}' }, '/text Line 1: nothing tells it answerBy'],
    ['a part of a word', { text: '{{ when.length }}' }, '/text Line 1: nothing tells it when.length'],
    ['a filter that is none', { text: '\n\n{{ when | shout }}' }, '/text Line 3: undefined filter: shout.'],
    ['a tag', { text: 'x\n{% if when %}y{% endif %}' }, '/text Line 2: tag "if" not found.'],
    ['an opening that is not closed', { text: 'x {{ when ' }, '/text Line 1: output "{{ when " not closed.'],
    ['too few forms', { text: '{{ when | plural: "a" }}' }, '/text Line 1: plural needs a number, such as count.'],
    ['a subject that tells when', { subject: 'Do {{ day }}' }, '/subject Line 1: nothing tells it day, only centre.'],
    ['a subject of two lines', { subject: 'a\nb' }, '/subject A subject is one line'],
    [
      'a short text that tells where',
      { short: '{{ where }}' },
      '/short Line 1: nothing tells it where, only centre, when',
    ],
    ['a short text that is long', { short: 'a'.repeat(307) }, '/short A short text has 1 to 2 parts'],
    ['a short text whose letters make it long', { short: 'ż'.repeat(140), plainShort: false }, 'UCS_2, so 3.'],
  ])('is refused with %s', (_, changed, fault) => expect(faultsWith(changed).join('\n')).toContain(fault));

  it('is told all its faults at once', () => {
    const faults = faultsWith({ subject: '{{ a }}', text: '{{ b | c }}\n{% d %}\n{{ e }}', short: '{{ f }}' });
    expect(faults.map((fault) => fault.slice(0, 24))).toEqual([
      '/subject Line 1: nothing',
      '/text Line 1: undefined ',
      '/text Line 2: tag "d" no',
      '/short Line 1: nothing t',
    ]);
  });

  it('without faults says every word it names, whatever the facts are', () => {
    const words = fc.constantFrom(
      '{{ when }}',
      '{{ day }}',
      '{{ time }}',
      '{{ where }}',
      '{{ centre }}',
      'słowo',
      '\n',
      ' ',
    );
    const moment = fc.date({ min: new Date('2020-01-01'), max: new Date('2040-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(fc.array(words, { minLength: 1 }), moment, fc.string(), (parts, at, place) => {
        const template = { ...sound, text: `x${parts.join('')}` };
        expect(faultsOf(template, check)).toEqual([]);
        const said = wordsIn('pl', centre, { scheduledFor: at.toISOString(), place });
        const { text } = composed('pl', template, said);
        expect(text).not.toMatch(/[{}]/);
        for (const part of parts) {
          const [, word] = /\{\{ (\w+) \}\}/.exec(part) ?? [];
          if (word !== undefined) expect(text).toContain(String(said[word as keyof typeof said]));
        }
      }),
    );
  });
});

const every = languages.flatMap((language) => shippedCodes.map((code) => [language, code] as const));
const days = fc.date({ min: new Date('2024-01-01'), max: new Date('2035-12-31'), noInvalidDate: true });
const factsOfKind = fc.record({
  scheduledFor: days.map((day) => day.toISOString()),
  place: fc.constantFrom('CENTRE', 'PLACE_OF_STAY', 'ELSEWHERE'),
  answerBy: days.map((day) => day.toISOString().slice(0, 10)),
  dueOn: days.map((day) => day.toISOString().slice(0, 10)),
  openGrosze: fc.nat({ max: 99_999_999 }),
  count: fc.nat({ max: 10_000 }),
});

describe('the texts that come with the service', () => {
  it.each(every)('in %s: %s has no faults', (language, code) => {
    const facts = shippedFacts[code] ?? [];
    expect(faultsOf(shippedText(code, language), { language, facts, centre, mostParts: 2 })).toEqual([]);
  });

  it.each(every)('in %s: %s says all that it is told to say, and nothing is left open', (language, code) => {
    const template = shippedText(code, language);
    const named = [...template.text.matchAll(/\{\{ (\w+) \}\}/g)].map(([, word]) => word);
    fc.assert(
      fc.property(factsOfKind, (facts) => {
        const known = Object.fromEntries((shippedFacts[code] ?? []).map((name) => [name, facts[name]]));
        const said = wordsIn(language, centre, known);
        const { subject, text, short } = composed(language, template, said);
        for (const word of named) expect(text).toContain(String(said[word as keyof typeof said]));
        expect(`${subject}${text}${short}`).not.toMatch(/[{}]|undefined|null|NaN|Invalid/);
        expect(text).toContain(centre);
        expect(smsOf(short).parts.length).toBeLessThanOrEqual(2);
        expect(subject).toBe(composed(language, shippedText('plan-ended', language), said).subject);
      }),
      { numRuns: 25 },
    );
  });

  it.each(languages)('in %s are in sentences that end', (language: Language) => {
    for (const code of shippedCodes) {
      const paragraphs = shippedText(code, language).text.split('\n\n');
      expect(paragraphs.filter((paragraph) => !/[.?]$/.test(paragraph))).toEqual([]);
    }
  });

  it('have an example for every fact', () => {
    for (const language of languages) expect(Object.keys(exampleFacts(language)).sort()).toEqual([...factNames].sort());
  });
});
