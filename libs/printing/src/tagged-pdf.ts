import { indexIdentifiers } from './pdf-identifiers';

export const fonts = {
  text: require.resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf'),
  bold: require.resolve('dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf'),
};

export interface PdfFrame {
  readonly title: string;
  /** BCP 47. */
  readonly lang: string;
  readonly margin: number;
  readonly madeAt: Date;
}

/** An A4 document in which `write` tags what it writes (PDF/UA-1). All pages stay open until it returns. */
export async function taggedPdf(
  { title, lang, margin, madeAt }: PdfFrame,
  write: (doc: PDFKit.PDFDocument) => void,
): Promise<Buffer> {
  // Twenty megabytes that a replica needs only once somebody asks for a document.
  const { default: PDFDocument } = await import('pdfkit');
  const doc = new PDFDocument({
    size: 'A4',
    margin,
    pdfVersion: '1.7',
    // The types of the library do not know this one yet.
    subset: 'PDF/UA' as never,
    tagged: true,
    lang,
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
  write(doc);
  addIndex();
  doc.end();
  return done;
}

/** Page numbers are no part of what is read aloud. */
export function numberPages(doc: PDFKit.PDFDocument, first: number, count: number, margin: number): void {
  for (let page = 0; page < count; page += 1) {
    doc.switchToPage(first + page);
    // Else writing below the text area would begin another page.
    doc.page.margins.bottom = 0;
    const text = `${page + 1} / ${count}`;
    doc.font(fonts.text, 9);
    doc.markContent('Artifact', { type: 'Pagination' });
    doc.text(text, doc.page.width - margin - doc.widthOfString(text), doc.page.height - margin / 2, {
      lineBreak: false,
    });
    doc.endMarkedContent();
  }
}

/** Read aloud, a line would else run into the next one. */
export const spoken = (text: string): string => text.replaceAll('\n', ' \n');

/** The library writes the title into XML as it is. */
const plain = (title: string): string => title.replace(/[<>&]/g, ' ').replace(/\s+/g, ' ');
