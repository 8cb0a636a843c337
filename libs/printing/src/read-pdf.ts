import { execFile } from 'node:child_process';

/** What a reader finds in a PDF; for tests. */
export interface PdfRead {
  readonly title: string;
  readonly isTagged: boolean;
  readonly pages: readonly PdfPage[];
}

export interface PdfPage {
  readonly texts: readonly PdfText[];
  /** Of the structure, in the order of reading. */
  readonly tags: readonly string[];
}

/** Points from the left and from the top of the page to the base line. */
export interface PdfText {
  readonly text: string;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly size: number;
}

// pdf.js is a module of a kind that jest does not load, so it runs apart.
const script = `
  import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
  const chunks = [];
  for await (const chunk of process.stdin) chunks.push(chunk);
  const pdf = await getDocument({ data: new Uint8Array(Buffer.concat(chunks)), verbosity: 0 }).promise;
  const tagsOf = (node) => (node ? [node.role, ...(node.children ?? []).flatMap(tagsOf)].filter(Boolean) : []);
  const read = async (number) => {
    const page = await pdf.getPage(number);
    const { height } = page.getViewport({ scale: 1 });
    const { items } = await page.getTextContent();
    const texts = items
      .filter(({ str }) => str !== undefined && str.trim() !== '')
      .map(({ str, transform, width, height: size }) =>
        ({ text: str, left: transform[4], right: transform[4] + width, top: height - transform[5], size }));
    return { texts, tags: tagsOf(await page.getStructTree()) };
  };
  const pages = await Promise.all(Array.from({ length: pdf.numPages }, (_, at) => read(at + 1)));
  const { info } = await pdf.getMetadata();
  const isTagged = (await pdf.getMarkInfo())?.get('Marked') === true;
  process.stdout.write(JSON.stringify({ title: info.Title ?? '', isTagged, pages }));`;

export function readPdf(pdf: Buffer): Promise<PdfRead> {
  return new Promise((resolve, reject) => {
    const reader = execFile(
      process.execPath,
      ['--input-type=module', '-e', script],
      { cwd: __dirname, maxBuffer: 64 * 1024 * 1024 },
      (error, stdout) => (error ? reject(error) : resolve(JSON.parse(stdout) as PdfRead)),
    );
    reader.stdin?.end(pdf);
  });
}

export const textOf = ({ texts }: PdfPage): string => texts.map(({ text }) => text).join(' ');
