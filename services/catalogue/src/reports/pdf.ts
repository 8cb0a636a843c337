import { indexIdentifiers } from './pdf-identifiers';
import type { Printed, PrintedTable } from './printed';

const fonts = {
  text: require.resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf'),
  bold: require.resolve('dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf'),
};
const sizes = { H1: 18, H2: 14, H3: 11, P: 11 } as const;
const cellSize = 9;
/** A row of a table does not go on over a page. */
const mostInCell = 300;
const margin = 56;
const padding = 4;
/** A heading has a few lines of its text below it on the same page. */
const leastBelowHeading = 90;

type Tag = keyof typeof sizes;

/** A report as a tagged PDF (PDF/UA-1): language, title, headings and tables with their headers are told to screen readers. */
export async function pdfOf({ title, paragraphs, sections }: Printed, madeAt: Date): Promise<Buffer> {
  // Twenty megabytes that a replica needs only once somebody asks for a report.
  const { default: PDFDocument } = await import('pdfkit');
  const doc = new PDFDocument({
    size: 'A4',
    margin,
    pdfVersion: '1.7',
    // The types of the library do not know this one yet.
    subset: 'PDF/UA' as never,
    tagged: true,
    lang: 'pl-PL',
    displayTitle: true,
    bufferPages: true,
    font: fonts.text,
    info: { Title: plain(title), CreationDate: madeAt, ModDate: madeAt },
  });
  const chunks: Buffer[] = [];
  const done = new Promise<Buffer>((resolve, reject) => {
    doc.on('data', (chunk: Buffer) => chunks.push(chunk));
    doc.on('end', () => resolve(Buffer.concat(chunks)));
    doc.on('error', reject);
  });
  const addIndex = indexIdentifiers(doc);
  const root = doc.struct('Document');
  doc.addStructure(root);
  const say = (tag: Tag, text: string): void => {
    if (tag !== 'P' && doc.y > doc.page.height - margin - leastBelowHeading) doc.addPage();
    root.add(
      doc.struct(tag, {}, () => {
        doc.font(tag === 'P' ? fonts.text : fonts.bold, sizes[tag]).text(text);
        doc.moveDown(0.5);
      }),
    );
  };
  say('H1', title);
  for (const text of paragraphs) say('P', text);
  for (const { heading, paragraphs: texts = [], table, entries = [] } of sections) {
    doc.moveDown(0.5);
    say('H2', heading);
    for (const text of texts) say('P', text);
    if (table) addTable(doc, root, table);
    if (table?.rows.length === 0 || (!table && entries.length + texts.length === 0)) say('P', 'brak danych');
    for (const { item, texts: of } of entries) {
      say('H3', item);
      for (const text of of) say('P', text);
    }
  }
  root.end();
  numberPages(doc);
  addIndex();
  doc.end();
  return done;
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

/** Page numbers are no part of what is read aloud. */
function numberPages(doc: PDFKit.PDFDocument): void {
  const { start, count } = doc.bufferedPageRange();
  for (let page = start; page < start + count; page += 1) {
    doc.switchToPage(page);
    // Else writing below the text area would begin another page.
    doc.page.margins.bottom = 0;
    doc.markContent('Artifact', { type: 'Pagination' });
    doc
      .font(fonts.text, cellSize)
      .text(`${page + 1} / ${count}`, margin, doc.page.height - margin / 2, { align: 'right', lineBreak: false });
    doc.endMarkedContent();
  }
}

const shortened = (text: string): string => (text.length > mostInCell ? `${text.slice(0, mostInCell)}…` : text);

/** The library writes the title into XML as it is. */
const plain = (title: string): string => title.replace(/[<>&]/g, ' ').replace(/\s+/g, ' ');
