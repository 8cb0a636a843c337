import { fonts, numberPages, spoken, taggedPdf } from './tagged-pdf';

/** A letter on paper. Texts come ready, in one language. */
export interface PrintedLetter {
  /** BCP 47. */
  readonly language: string;
  readonly sender: string;
  /** As it stands in the window: who, where, one line each. */
  readonly addressee: readonly string[];
  readonly date: string;
  readonly title: string;
  readonly paragraphs: readonly string[];
  readonly size: LetterSize;
}

/** LARGE is large print, EASY what is easy to read (ETR): larger letters with more air. */
export type LetterSize = 'STANDARD' | 'EASY' | 'LARGE';

const mm = 72 / 25.4;
const margin = 20 * mm;
const sizes = {
  STANDARD: { text: 11, title: 14, gap: 2 },
  EASY: { text: 15, title: 20, gap: 7 },
  LARGE: { text: 18, title: 22, gap: 6 },
} as const satisfies Readonly<Record<LetterSize, object>>;

/**
 * Where the address may stand so that a window on the right shows it: A4 in three folds of 99 mm, an envelope DL of 110 × 220 mm (ISO 269), its
 * window of 90 × 35 mm lying 20 mm from the right edge and 15 mm from the bottom, as is usual in Poland. The sheet moves in the envelope by
 * 10 mm across and 11 mm down; this is what the window shows wherever the sheet lies, with 2 mm to spare at the left.
 */
export const addressWindow = { left: 112 * mm, top: 61 * mm, width: 76 * mm, height: 22 * mm } as const;
const fold = 99 * mm;
const addressSizes = [11, 10, 9];

/** All letters as one tagged PDF in their order, each on sheets of its own, also when both sides are printed. */
export function lettersOf(
  title: string,
  letters: readonly [PrintedLetter, ...PrintedLetter[]],
  madeAt: Date,
): Promise<Buffer> {
  return taggedPdf({ title, lang: letters[0].language, margin, madeAt }, (doc) => {
    const root = doc.struct('Document');
    doc.addStructure(root);
    letters.forEach((letter, at) => {
      if (at > 0) doc.addPage();
      const first = doc.bufferedPageRange().count - 1;
      write(doc, root, letter);
      const count = doc.bufferedPageRange().count - first;
      numberPages(doc, first, count, margin);
      doc.switchToPage(first + count - 1);
      if (count % 2 === 1 && at + 1 < letters.length) doc.addPage();
    });
    root.end();
  });
}

function write(doc: PDFKit.PDFDocument, root: PDFKit.PDFStructureElement, letter: PrintedLetter): void {
  const { text, title, gap } = sizes[letter.size];
  const part = doc.struct('Sect', { lang: letter.language });
  root.add(part);
  markFolds(doc);
  const say = (tag: 'H1' | 'P', what: () => void): void => void part.add(doc.struct(tag, {}, what));
  doc.font(fonts.text, Math.min(text, 12));
  say('P', () => doc.text(spoken(letter.sender), margin, margin));
  say('P', () => doc.text(letter.date));
  say('P', () => writeAddress(doc, letter.addressee));
  doc.font(fonts.bold, title);
  say('H1', () => doc.text(letter.title, margin, fold + 6 * mm).moveDown(0.7));
  doc.font(fonts.text, text);
  for (const paragraph of letter.paragraphs)
    say('P', () => doc.text(spoken(paragraph), { lineGap: gap }).moveDown(0.7));
  part.end();
}

function writeAddress(doc: PDFKit.PDFDocument, lines: readonly string[]): void {
  const { left, top, width, height } = addressWindow;
  const text = spoken(lines.join('\n'));
  const fits = addressSizes.find((size) => doc.fontSize(size).heightOfString(text, { width }) <= height);
  doc.fontSize(fits ?? Math.min(...addressSizes)).text(text, left, top, { width, height, ellipsis: true });
}

/** On the edge, where to fold; no part of what is read aloud. */
function markFolds(doc: PDFKit.PDFDocument): void {
  doc.markContent('Artifact', { type: 'Layout' });
  for (const y of [fold, 2 * fold])
    doc
      .moveTo(4 * mm, y)
      .lineTo(8 * mm, y)
      .lineWidth(0.5)
      .stroke();
  doc.endMarkedContent();
}
