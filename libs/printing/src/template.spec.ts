import fc from 'fast-check';
import { described, TextMarkedWrong } from './marked-text';
import { Template, TemplateFaulty } from './template';

interface Letter {
  readonly name: string;
  readonly number: string;
  readonly services: readonly { readonly name: string; readonly until?: string }[];
  readonly reason?: string;
}
const barest: Letter = { name: 'Żaneta Łoś', number: 'CUS.1.2026', services: [{ name: 'Teleopieka' }] };
const kind = {
  fullest: { ...barest, services: [{ name: 'Teleopieka', until: '31 maja 2026 r.' }], reason: 'Bo tak.' },
  barest,
  required: ['name', 'number'],
};
const sound = `# Pismo {{ number }}

Szanowna Pani
{{ name }}

{% if reason %}{{ reason }}{% endif %}

## Usługi
{% for service in services %}
- {{ service.name }}{% if service.until %} do {{ service.until }}{% endif %}
{% endfor %}

| Co | Ile |
| {{ name }} | 1 |
`;
const load = (source: string) => Template.load('letter', source, 'pl', kind);
const faultsOf = async (source: string): Promise<readonly string[]> => {
  const error: unknown = await load(source).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(TemplateFaulty);
  return (error as TemplateFaulty).faults;
};

describe('a template', () => {
  it('turns facts into a description', async () => {
    const letter = (await load(sound)).print({
      ...kind.fullest,
      services: [{ name: 'A' }, { name: 'B', until: 'maja' }],
    });
    expect(letter).toEqual({
      title: 'Pismo CUS.1.2026',
      language: 'pl',
      paragraphs: ['Szanowna Pani\nŻaneta Łoś', 'Bo tak.'],
      sections: [
        {
          heading: 'Usługi',
          list: ['A', 'B do maja'],
          table: { columns: ['Co', 'Ile'], rows: [['Żaneta Łoś', '1']] },
        },
      ],
    });
  });

  it.each([
    ['a name that nothing tells', `${sound}\n\n## B\n\n{{ surname }}`, 'Nothing tells it surname.'],
    [
      'one in a branch that is never taken',
      `${sound}{% if false %}{{ number.x }}{% endif %}`,
      'Nothing tells it number.x.',
    ],
    ['one inside a loop', sound.replace('service.name', 'service.title'), 'service.title'],
    ['what is not always there', sound.replace('{% if reason %}{{ reason }}{% endif %}', '{{ reason }}'), 'reason'],
    ['a filter that is none', sound.replace('{{ name }}', '{{ name | shout }}'), 'undefined filter: shout'],
    ['a way around the escaping', sound.replace('{{ name }}', '{{ name | raw }}'), 'undefined filter: raw'],
    ['a file', `${sound}{% render 'passwd' %}`, 'ENOENT'],
    ['a tag that is not closed', `${sound}{% if reason %}`, 'not closed'],
    ['nothing of what it must say', sound.replace('{{ number }}', ''), 'It must say number.'],
    ['a paragraph after a list', `${sound}\n\nkoniec`, 'begin another section'],
    ['a list outside of sections', `- a\n\n${sound}`, 'belong to a section'],
    ['two titles', `# A\n\n${sound}`, 'one title'],
    [
      'a heading with more below it',
      sound.replace('## Usługi\n', '## Usługi\ni nie tylko\n'),
      'A heading stands alone',
    ],
  ])('is refused when it is loaded with %s', async (_, source, fault) => {
    expect((await faultsOf(source)).join(' ')).toContain(fault);
  });

  it('takes no value for a mark, whatever is in it', async () => {
    const template = await load(sound);
    const odd = fc.string({
      unit: fc.constantFrom(
        '# ',
        '## ',
        '- ',
        '|',
        '\n',
        '\n\n',
        '{{ number }}',
        '{% if %}',
        '\uE000',
        '\uE001',
        'ą',
        ' ',
      ),
    });
    fc.assert(
      fc.property(odd, odd, (name, service) => {
        const { title, paragraphs, sections } = template.print({ ...barest, name, services: [{ name: service }] });
        expect(title).toBe('Pismo CUS.1.2026');
        const clean = (text: string): string => text.replace(/[\uE000-\uE002]/g, '').trim();
        expect(paragraphs).toEqual([clean(`Szanowna Pani\n${name.replace(/[\uE000-\uE002]/g, '')}`)]);
        expect(sections).toHaveLength(1);
        expect(sections[0]?.list).toEqual([clean(service)]);
        expect(sections[0]?.table?.rows).toEqual([[clean(name), '1']]);
      }),
    );
  });
});

describe('marked text', () => {
  it.each([
    ['no title', 'akapit'],
    ['a row with too few cells', '# A\n\n## B\n\n| a | b |\n| c |'],
    ['a list with a line that is no item', '# A\n\n## B\n\n- a\nb'],
  ])('is refused with %s', (_, text) => expect(() => described(text, 'pl')).toThrow(TextMarkedWrong));
});
