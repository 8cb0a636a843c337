import fc from 'fast-check';
import { engineFor, rendered } from './template-engine';
import { wordsIn } from './words';

const said = (language: 'pl' | 'pl-x-etr' | 'uk' | 'en', source: string, count = 1): string =>
  rendered(language, source, wordsIn(language, 'CUS', { count }));
/** Why it cannot be said. */
function refusal(...[language, source]: Parameters<typeof said>): string {
  try {
    return `It was said: ${said(language, source)}`;
  } catch (error) {
    const { errors, message } = error as { errors?: readonly Error[]; message: string };
    return errors?.map((one) => one.message).join() ?? message;
  }
}
const polish = '{{ count }} {{ count | plural: "wiadomość", "wiadomości", "wiadomości!" }}';

describe('the forms of a plural', () => {
  it.each([
    [0, 'wiadomości!'],
    [1, 'wiadomość'],
    [2, 'wiadomości'],
    [4, 'wiadomości'],
    [5, 'wiadomości!'],
    [11, 'wiadomości!'],
    [12, 'wiadomości!'],
    [21, 'wiadomości!'],
    [22, 'wiadomości'],
    [112, 'wiadomości!'],
    [123, 'wiadomości'],
  ])('in Polish go with %i', (count, form) => {
    expect(said('pl', polish, count)).toBe(`${count} ${form}`);
    expect(said('pl-x-etr', polish, count)).toBe(`${count} ${form}`);
  });

  it.each([
    [1, 'лист'],
    [3, 'листи'],
    [5, 'листів'],
    [21, 'лист'],
    [111, 'листів'],
  ])('in Ukrainian go with %i', (count, form) => {
    expect(said('uk', '{{ count | plural: "лист", "листи", "листів" }}', count)).toBe(form);
  });

  it('in English are two', () => {
    expect([0, 1, 2].map((count) => said('en', '{{ count | plural: "letter", "letters" }}', count))).toEqual([
      'letters',
      'letter',
      'letters',
    ]);
  });

  it('are all there and belong to a number', () => {
    expect(refusal('pl', '{{ count | plural: "a", "b" }}')).toContain('the 3 forms of this language');
    expect(refusal('en', '{{ count | plural: "a", "b", "c" }}')).toContain('the 2 forms of this language');
    expect(refusal('en', '{{ centre | plural: "a", "b" }}')).toContain('needs a number');
  });
});

describe('a text', () => {
  it.each([
    '{% include "pl/letter" %}',
    '{% render "/etc/passwd" %}',
    '{% layout "letter" %}',
    '{% if count %}x{% endif %}',
    '{% for i in (1..9) %}x{% endfor %}',
    '{% assign a = 1 %}',
    '{% raw %}{{ count }}{% endraw %}',
    '{% liquid echo count %}',
  ])('has no %s: it is words, not a program', (source) => expect(refusal('pl', source)).toContain('not found'));

  it.each(['escape', 'raw', 'append', 'date', 'json', 'inspect', 'default', 'where_exp', 'map'])(
    'has no filter %s',
    (filter) => expect(refusal('pl', `{{ count | ${filter} }}`)).toContain(`undefined filter: ${filter}`),
  );

  it.each(['{{ constructor }}', '{{ __proto__ }}', '{{ centre.constructor }}', '{{ toString }}', '{{ surname }}'])(
    'reaches nothing by %s',
    (source) => expect(refusal('pl', source)).toContain('undefined variable'),
  );

  it('that would take the machine for itself is stopped', () => {
    expect(refusal('pl', '{{ (1..100000000) }}')).toContain('memory alloc limit exceeded');
    expect(refusal('pl', '{{ (1..900) }}{{ (1..900) }}')).toContain('memory alloc limit exceeded');
    expect(() => engineFor('pl').parse('x'.repeat(10_001))).toThrow('parse length limit exceeded');
  });

  it('says a value as it is, whatever is in it', () => {
    fc.assert(
      fc.property(fc.string(), (centre) => {
        expect(rendered('pl', '[{{ centre }}]', wordsIn('pl', `${centre}{{ count }}<b>`, {}))).toBe(
          `[${centre}{{ count }}<b>]`,
        );
      }),
    );
  });
});
