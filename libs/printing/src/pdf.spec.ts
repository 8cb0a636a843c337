import { pdfOf } from './pdf';
import type { Printed } from './printed';
import { renderedOnce } from './rendered';

const made = new Date('2026-04-01T10:00:00Z');
const report = (changes: Partial<Printed> = {}): Printed => ({
  title: 'Informacja o realizacji programu: Żuraw & <b>',
  paragraphs: ['Podstawa: art. 6'],
  sections: [
    {
      heading: 'Liczba osób',
      table: {
        columns: ['Usługa', 'Planowana', 'Rzeczywista'],
        rows: [
          ['Teleopieka', '20', 'mniej niż 5'],
          ['Transport', '10', '8'],
        ],
      },
    },
    { heading: 'Wyniki', entries: [{ item: 'Wskaźnik', texts: ['Osiągnięto'] }] },
  ],
  ...changes,
});
const sourceOf = async (printed: Printed): Promise<string> => (await pdfOf(printed, made)).toString('latin1');
const count = (source: string, found: RegExp): number => [...source.matchAll(new RegExp(found, 'g'))].length;

describe('a report in print', () => {
  it('says what accessible documents must say: title, language, that it is tagged, and by which standard', async () => {
    const source = await sourceOf(report());
    for (const said of [
      /^%PDF-1\.7/,
      /\/Lang \(pl-PL\)/,
      /\/MarkInfo \d+ 0 R/,
      /\/Marked true/,
      /\/DisplayDocTitle true/,
      /\/StructTreeRoot/,
      /<pdfuaid:part>1<\/pdfuaid:part>/,
    ])
      expect(source).toMatch(said);
    // In XML as it is, so nothing of XML may be in it.
    const title = /<rdf:li xml:lang="x-default">(.*?)<\/rdf:li>/.exec(Buffer.from(source, 'latin1').toString())?.[1];
    expect(title).toBe('Informacja o realizacji programu: Żuraw b ');
  });

  it('tags its headings, and each cell of a table as a header or not', async () => {
    const source = await sourceOf(report());
    const tags = ['Document', 'H1', 'H2', 'H3', 'P', 'Table', 'TR', 'TH', 'TD'].map((tag) => [
      tag,
      count(source, new RegExp(`/S /${tag}\\b`)),
    ]);
    expect(Object.fromEntries(tags)).toEqual({ Document: 1, H1: 1, H2: 2, H3: 1, P: 2, Table: 1, TR: 3, TH: 5, TD: 4 });
    expect([count(source, /\/Scope \/Column/), count(source, /\/Scope \/Row/)]).toEqual([3, 2]);
    const names = [...(/\/Names \[([^\]]*)\]/.exec(source)?.[1] ?? '').matchAll(/\(([^)]*)\) (\d+) 0 R/g)];
    expect(source).toMatch(/\/IDTree \d+ 0 R/);
    // The table, its rows and its cells.
    expect(names).toHaveLength(1 + 3 + 9);
    for (const [, id, object] of names)
      expect(source).toMatch(new RegExp(`\\n${object} 0 obj\\n<<(?:(?!endobj)[^])*?/ID \\(${id}\\)`));
    expect(names.map(([, id]) => id)).toEqual(names.map(([, id]) => id).sort());
  });

  it('tags a list with its items, each with its mark and its body', async () => {
    const source = await sourceOf(report({ sections: [{ heading: 'A', list: ['pierwszy', 'drugi '.repeat(900)] }] }));
    const tags = ['L', 'LI', 'Lbl', 'LBody'].map((tag) => [tag, count(source, new RegExp(`/S /${tag}\\b`))]);
    expect(Object.fromEntries(tags)).toEqual({ L: 1, LI: 2, Lbl: 2, LBody: 2 });
    expect(count(source, /\/Type \/Page\b/)).toBe(2);
  });

  it('says of itself that it is easy to read, and takes more room for the same words', async () => {
    const sections = [{ heading: 'A', paragraphs: ['Zażółć gęślą jaźń. '.repeat(150)] }];
    const [plain, easy] = [
      await sourceOf(report({ sections })),
      await sourceOf(report({ sections, language: 'pl-x-etr' })),
    ];
    expect(easy).toMatch(/\/Lang \(pl-x-etr\)/);
    expect(count(easy, /\/Type \/Page\b/)).toBeGreaterThan(count(plain, /\/Type \/Page\b/));
  });

  it('embeds the fonts, with what each glyph reads as', async () => {
    const source = await sourceOf(report());
    expect(count(source, /\/FontFile2/)).toBe(2);
    expect(count(source, /\/ToUnicode/)).toBe(2);
    expect(source).not.toContain('Helvetica');
  });

  it('goes on over as many pages as it needs, and puts no table where there are no rows', async () => {
    const rows = Array.from({ length: 200 }, (_, at): [string, string] => [`Usługa ${at}`, 'długa nazwa '.repeat(60)]);
    const sections = [
      { heading: 'A', table: { columns: ['a', 'b'], rows } },
      { heading: 'B', table: { columns: ['a', 'b'], rows: [] } },
      { heading: 'C', entries: [{ item: 'c', texts: ['Zażółć gęślą jaźń. '.repeat(500)] }] },
    ] as const;
    const source = await sourceOf(report({ sections }));
    expect(count(source, /\/Type \/Page\b/)).toBeGreaterThan(10);
    expect([count(source, /\/S \/Table\b/), count(source, /\/S \/TR\b/)]).toEqual([1, 201]);
  });

  it('comes out the same every time', async () => {
    const [one, other] = [await pdfOf(report(), made), await pdfOf(report(), made)];
    expect(one.equals(other)).toBe(true);
  });

  it('is rendered once while it is asked for, and again after a failure', async () => {
    let times = 0;
    const render = () => Promise.resolve(Buffer.from(String((times += 1))));
    expect([await renderedOnce('a', render), await renderedOnce('a', render)].map(String)).toEqual(['1', '1']);
    for (let at = 0; at < 60; at += 1) await renderedOnce(`other ${at}`, render);
    expect(String(await renderedOnce('a', render))).toBe('62');
    await expect(renderedOnce('b', () => Promise.reject(new Error('no font')))).rejects.toThrow('no font');
    expect(String(await renderedOnce('b', render))).toBe('63');
  });
});
