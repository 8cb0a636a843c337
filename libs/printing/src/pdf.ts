import { isEmpty, nothingToTell, type Printed, type PrintedSection, type PrintedTable } from './printed';
import { fonts, numberPages, spoken, taggedPdf } from './tagged-pdf';

/** Points. Who reads with effort is given larger letters and wider lines (European standards for easy-to-read information). */
const looks = {
  pl: { lang: 'pl-PL', H1: 18, H2: 14, H3: 11, P: 11, gap: 0, after: 0.5 },
  'pl-x-etr': { lang: 'pl-x-etr', H1: 22, H2: 18, H3: 16, P: 15, gap: 7, after: 0.7 },
} as const;
const cellSize = 9;
/** A row of a table does not go on over a page. */
const mostInCell = 300;
const margin = 56;
const padding = 4;
const indent = 18;
/** A heading has a few lines of its text below it on the same page, and what is no longer than that is not torn apart. */
const leastBelowHeading = 90;

type Look = (typeof looks)[keyof typeof looks];
type Tag = 'H1' | 'H2' | 'H3' | 'P';

/** A description as a tagged PDF (PDF/UA-1): language, title, headings, lists and tables with their headers are told to screen readers. */
export function pdfOf({ title, paragraphs, sections, language = 'pl' }: Printed, madeAt: Date): Promise<Buffer> {
  const look = looks[language];
  return taggedPdf({ title, lang: look.lang, margin, madeAt }, (doc) => {
    const page = new Page(doc, look);
    page.say('H1', title);
    for (const text of paragraphs) page.say('P', text);
    for (const section of sections) page.add(section);
    page.end();
    numberPages(doc, 0, doc.bufferedPageRange().count, margin);
  });
}

/** Writes from top to bottom, and goes on overleaf. */
class Page {
  private readonly root: PDFKit.PDFStructureElement;

  constructor(
    private readonly doc: PDFKit.PDFDocument,
    private readonly look: Look,
  ) {
    this.root = doc.struct('Document');
    doc.addStructure(this.root);
  }

  add(section: PrintedSection): void {
    const { heading, paragraphs = [], list = [], table, entries = [] } = section;
    this.doc.moveDown(0.5);
    this.say('H2', heading);
    for (const text of paragraphs) this.say('P', text);
    if (list.length > 0) this.addList(list);
    if (table) addTable(this.doc, this.root, table);
    if (table?.rows.length === 0 || isEmpty(section)) this.say('P', nothingToTell);
    for (const { item, texts } of entries) {
      this.say('H3', item);
      for (const text of texts) this.say('P', text);
    }
  }

  say(tag: Tag, text: string): void {
    const { doc, look } = this;
    doc.font(tag === 'P' ? fonts.text : fonts.bold, look[tag]);
    const height = doc.heightOfString(text, { lineGap: look.gap });
    if (tag !== 'P') this.keepTogether(height + leastBelowHeading);
    else if (height < leastBelowHeading) this.keepTogether(height);
    this.root.add(
      doc.struct(tag, {}, () => {
        doc.text(spoken(text), { lineGap: look.gap });
        doc.moveDown(look.after);
      }),
    );
  }

  end(): void {
    this.root.end();
  }

  private addList(items: readonly string[]): void {
    const { doc, look } = this;
    const list = doc.struct('L');
    this.root.add(list);
    doc.font(fonts.text, look.P);
    for (const item of items) {
      this.keepTogether(2 * doc.currentLineHeight());
      const bullet = (): void => {
        const { y } = doc;
        doc.text('•', margin, y, { lineBreak: false });
        doc.y = y;
      };
      const body = (): void => {
        doc.text(spoken(item), margin + indent, doc.y, {
          width: doc.page.width - 2 * margin - indent,
          lineGap: look.gap,
        });
        doc.moveDown(look.after / 2);
      };
      list.add(doc.struct('LI', {}, [doc.struct('Lbl', {}, bullet), doc.struct('LBody', {}, body)]));
    }
    doc.x = margin;
    doc.moveDown(look.after / 2);
  }

  private keepTogether(height: number): void {
    if (this.doc.y > this.doc.page.height - margin - height) this.doc.addPage();
  }
}

function addTable(doc: PDFKit.PDFDocument, root: PDFKit.PDFStructureElement, { columns, rows }: PrintedTable): void {
  if (rows.length === 0) return;
  const header = (text: string, scope: 'Row' | 'Column') => ({
    text: shortened(text),
    type: 'TH' as const,
    scope,
    font: { src: fonts.bold, size: cellSize },
  });
  const whole = doc.page.width - 2 * margin;
  const share = whole / (columns.length + 1);
  doc.font(fonts.bold, cellSize);
  const longestWord = (text: string): number => Math.max(...text.split(' ').map((word) => doc.widthOfString(word)));
  const widths = columns.slice(1).map((column) => Math.max(share, longestWord(column) + 2 * padding + 1));
  const first = whole - widths.reduce((sum, width) => sum + width, 0);
  doc.font(fonts.text, cellSize);
  doc.table({
    structParent: root,
    columnStyles: (at: number) => ({ width: at === 0 ? first : (widths[at - 1] as number) }),
    defaultStyle: { padding, borderColor: '#595959' },
    data: [
      columns.map((column) => header(column, 'Column')),
      ...rows.map(([item, ...values]) => [header(item, 'Row'), ...values.map(shortened)]),
    ],
  } as PDFKit.Mixins.TableOptionsWithData);
  doc.x = margin;
  doc.moveDown(1);
}

const shortened = (text: string): string => (text.length > mostInCell ? `${text.slice(0, mostInCell)}…` : text);
