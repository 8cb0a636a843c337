import type { Language, Printed, PrintedTable } from './printed';

export class TextMarkedWrong extends Error {}

/** Around and inside of a value: characters of private use, which no line of a template begins with and nobody types. */
const [begin, newLine, bar] = ['\uE000', '\uE001', '\uE002'];

/** A value as it may stand in marked text: whatever is in it, it marks nothing. */
export const asValue = (value: unknown): string =>
  begin +
  String(value)
    .replace(/[\uE000-\uE002]/g, '')
    .replace(/\r\n?|\n/g, newLine)
    .replaceAll('|', bar);

/** What a reader sees of a text that holds values. */
const read = (text: string): string => text.replaceAll(begin, '').replaceAll(newLine, '\n').replaceAll(bar, '|').trim();

interface Section {
  heading: string;
  paragraphs?: string[];
  list?: string[];
  table?: PrintedTable;
  entries?: { item: string; texts: string[] }[];
}

/**
 * Marked text as a description. A block ends with an empty line; `# ` is the title, `## ` begins a section, `### ` an entry of it, `- ` is
 * an item of a list, `| a | b |` a row of a table, whose first is its head. All else is a paragraph with its lines as they are.
 */
export function described(text: string, language: Language): Printed {
  const titles: string[] = [];
  const paragraphs: string[] = [];
  const sections: Section[] = [];
  for (const block of text.split(/\n\s*\n/).map((lines) => lines.trim())) {
    if (read(block) === '') continue;
    const section = sections.at(-1);
    const heading = /^(#{1,3}) (.+)$/.exec(block);
    if (block.startsWith('#') && !heading) throw new TextMarkedWrong(`A heading stands alone: ${block.split('\n')[0]}`);
    if (heading) {
      const words = read(heading[2] as string);
      if (heading[1] === '#') titles.push(words);
      else if (heading[1] === '##') sections.push({ heading: words });
      else (inside(section).entries ??= []).push({ item: words, texts: [] });
    } else if (block.startsWith('- ')) (inside(section).list ??= []).push(...itemsOf(block));
    else if (block.startsWith('|')) addRows(inside(section), block);
    else if (section) addParagraph(section, read(block));
    else paragraphs.push(read(block));
  }
  const [title] = titles;
  if (title === undefined || titles.length > 1) throw new TextMarkedWrong('It has one title, after "# ".');
  return { title, paragraphs, sections, language };
}

function inside(section: Section | undefined): Section {
  if (!section) throw new TextMarkedWrong('Lists, tables and entries belong to a section: begin one with "## ".');
  return section;
}

/** A section tells its paragraphs first, so that the order on the page is that of the template. */
function addParagraph(section: Section, text: string): void {
  const entry = section.entries?.at(-1);
  if (entry) entry.texts.push(text);
  else if (section.list || section.table)
    throw new TextMarkedWrong(`After a list or a table, "${section.heading}" ends: begin another section with "## ".`);
  else (section.paragraphs ??= []).push(text);
}

const itemsOf = (block: string): string[] =>
  block.split('\n').map((line) => {
    if (!line.startsWith('- ')) throw new TextMarkedWrong(`Every line of a list begins with "- ": ${line}`);
    return read(line.slice(2));
  });

function addRows(section: Section, block: string): void {
  for (const line of block.split('\n')) {
    const cells = line.split('|').slice(1, -1).map(read) as [string, ...string[]];
    const { table } = section;
    if (cells.length === 0 || (table && cells.length !== table.columns.length))
      throw new TextMarkedWrong(`Every row of a table has as many cells as its head: ${line}`);
    section.table = table ? { ...table, rows: [...table.rows, cells] } : { columns: cells, rows: [] };
  }
}
