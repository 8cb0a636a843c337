import fc from 'fast-check';
import { addressWindow, lettersOf, type PrintedLetter } from './letter';
import { type PdfText, readPdf, textOf } from './read-pdf';

jest.setTimeout(60_000);

const made = new Date('2026-03-02T08:00:00Z');
const letter = (changes: Partial<PrintedLetter> = {}): PrintedLetter => ({
  language: 'pl-PL',
  sender: 'Centrum Usług Społecznych w Elblągu',
  addressee: ['Żaneta Łoś-Gżegżółka', 'ul. Świętego Ducha 7/3', '82-300 Elbląg'],
  date: '2 marca 2026',
  title: 'Masz wiadomość z CUS',
  paragraphs: ['Dzień dobry,', 'Twój plan jest zatwierdzony.\nZadzwonimy do Ciebie.'],
  size: 'STANDARD',
  ...changes,
});
const linesOf = (texts: readonly PdfText[], addressee: readonly string[]): PdfText[] =>
  texts.filter(({ text }) => addressee.some((line) => line.includes(text.trim())));
const longText = Array.from({ length: 60 }, (_, at) => `Akapit ${at}. ${'Treść wiadomości dla Ciebie. '.repeat(5)}`);

describe('a letter on paper', () => {
  it('says everything once, in the order in which it is read aloud', async () => {
    const { title, isTagged, pages } = await readPdf(await lettersOf('List', [letter()], made));
    expect({ title, isTagged }).toEqual({ title: 'List', isTagged: true });
    expect(pages).toHaveLength(1);
    const [page] = pages;
    expect(page?.tags).toEqual(['Root', 'Document', 'Sect', 'P', 'P', 'P', 'H1', 'P', 'P']);
    const said = page ? textOf(page) : '';
    for (const text of [letter().sender, ...letter().addressee, letter().date, letter().title, 'Zadzwonimy do Ciebie.'])
      expect(said.split(text)).toHaveLength(2);
  });

  it('shows the whole address, and nothing else, through the window of an envelope', async () => {
    const { left, top, width, height } = addressWindow;
    const names = fc.string({ unit: fc.constantFrom('Ż', 'ą', 'W', 'm', ' ', '-'), minLength: 1, maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(names, async (odd) => {
        const name = `A${odd.trim()}`;
        const addressee = [name, 'ul. Świętego Ducha 7/3', '82-300 Elbląg'];
        const { pages } = await readPdf(await lettersOf('List', [letter({ addressee })], made));
        const texts = pages[0]?.texts ?? [];
        const inWindow = ({ left: x, top: y }: PdfText): boolean =>
          x >= left - 3 && y > top - 10 && y < top + height + 10;
        expect(
          texts
            .filter(inWindow)
            .map(({ text }) => text.replace(/\s/g, ''))
            .join(''),
        ).toBe(addressee.join('').replace(/\s/g, ''));
        for (const line of texts.filter(inWindow)) {
          expect(line.left).toBeGreaterThanOrEqual(left - 0.1);
          expect(line.right).toBeLessThanOrEqual(left + width + 0.5);
          expect(line.top).toBeLessThanOrEqual(top + height);
          expect(line.top - line.size).toBeGreaterThanOrEqual(top - 3);
        }
      }),
      { numRuns: 8 },
    );
  });

  it('has its address in the window wherever the folded sheet lies in the envelope', () => {
    const inMm = (points: number): number => (points * 25.4) / 72;
    const [left, top] = [inMm(addressWindow.left), inMm(addressWindow.top)];
    const [right, bottom] = [left + inMm(addressWindow.width), top + inMm(addressWindow.height)];
    const window = { left: 220 - 20 - 90, right: 220 - 20, top: 110 - 15 - 35, bottom: 110 - 15 };
    for (const [across, down] of [
      [0, 0],
      [10, 0],
      [0, 11],
      [10, 11],
    ] as const) {
      expect(left + across).toBeGreaterThanOrEqual(window.left);
      expect(right + across).toBeLessThanOrEqual(window.right);
      expect(top + down).toBeGreaterThanOrEqual(window.top);
      expect(bottom + down).toBeLessThanOrEqual(window.bottom);
    }
  });

  it('has the address where it may be though the letter is long', async () => {
    const { pages } = await readPdf(await lettersOf('List', [letter({ paragraphs: longText })], made));
    expect(pages.length).toBeGreaterThan(2);
    expect(linesOf(pages[0]?.texts ?? [], letter().addressee)).toHaveLength(3);
    expect(pages.map((page) => textOf(page).includes(`/ ${pages.length}`))).toEqual(pages.map(() => true));
    const said = pages.map(textOf).join(' ');
    longText.forEach((_, at) => expect(said).toContain(`Akapit ${at}.`));
  });

  it.each([
    ['STANDARD', 11],
    ['EASY', 15],
    ['LARGE', 16],
  ] as const)('%s is written in letters of at least %i points', async (size, least) => {
    const { pages } = await readPdf(await lettersOf('List', [letter({ size })], made));
    const body = pages[0]?.texts.find(({ text }) => text.startsWith('Twój plan'));
    expect(body?.size).toBeGreaterThanOrEqual(least);
  });

  it('is written in Ukrainian too', async () => {
    const paragraphs = ['Ваш план затверджено. Ґрунт, їжак, єнот.'];
    const { pages } = await readPdf(await lettersOf('List', [letter({ language: 'uk-UA', paragraphs })], made));
    expect(pages.map(textOf).join(' ')).toContain('Ґрунт, їжак, єнот.');
  });
});

describe('several letters', () => {
  it('come in order, each on sheets of its own when both sides are printed, with page numbers of its own', async () => {
    const names = ['Anna', 'Barbara', 'Cezary'];
    const [first, second, third] = names.map((name) => letter({ addressee: [name, 'ul. Prosta 1', '82-300 Elbląg'] }));
    if (!first || !second || !third) throw new Error('three letters');
    const long = { ...second, paragraphs: longText };
    const { pages } = await readPdf(await lettersOf('Listy', [first, long, third], made));
    const starts = pages.flatMap(({ texts }, at) =>
      texts.some(({ text, left }) => names.includes(text.trim()) && left >= addressWindow.left - 1) ? [at] : [],
    );
    expect(starts).toHaveLength(3);
    expect(starts.map((at) => at % 2)).toEqual([0, 0, 0]);
    expect(starts.map((at, which) => pages[at]?.texts.some(({ text }) => text.trim() === names[which]))).toEqual([
      true,
      true,
      true,
    ]);
    expect(textOf(pages[0] ?? { texts: [], tags: [] })).toContain('1 / 1');
    expect(pages.at(-1)?.texts.some(({ text }) => text === '1 / 1')).toBe(true);
  });

  it('are the same bytes for the same letters', async () => {
    const twice = await Promise.all([lettersOf('List', [letter()], made), lettersOf('List', [letter()], made)]);
    expect(twice[0].equals(twice[1])).toBe(true);
  });
});
