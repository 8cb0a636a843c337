import { isEmpty, nothingToTell, type Printed, type PrintedSection, type PrintedTable } from './printed';

/** Readable at any width and magnification; nothing is fetched, nothing runs. */
const style = `
body { margin: 2rem auto; padding: 0 1rem; max-width: 45rem; font: 1rem/1.5 "DejaVu Sans", Verdana, sans-serif; color: #111; background: #fff }
:lang(pl-x-etr) body { font-size: 1.25rem; line-height: 1.9 }
h1 { font-size: 1.6em } h2 { font-size: 1.25em; margin-top: 1.6em } h3 { font-size: 1.05em }
p, li, td { white-space: pre-line }
table { border-collapse: collapse; width: 100% } th, td { border: 1px solid #595959; padding: .3em .5em; text-align: left; vertical-align: top }
@media print { body { margin: 0; max-width: none } }`;

/** The same description as `pdfOf` prints, as a page of its own. Every text is escaped. */
export function htmlOf({ title, paragraphs, sections, language = 'pl' }: Printed): string {
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<style>${style}
</style>
</head>
<body>
<main>
<h1>${escaped(title)}</h1>
${[...paragraphs.map(paragraph), ...sections.map(section)].join('\n')}
</main>
</body>
</html>
`;
}

function section(described: PrintedSection): string {
  const { heading, paragraphs = [], list = [], table, entries = [] } = described;
  return [
    `<section>\n<h2>${escaped(heading)}</h2>`,
    ...paragraphs.map(paragraph),
    ...(list.length > 0 ? [`<ul>\n${list.map((item) => `<li>${escaped(item)}</li>`).join('\n')}\n</ul>`] : []),
    ...(table && table.rows.length > 0 ? [tableOf(table)] : []),
    ...(table?.rows.length === 0 || isEmpty(described) ? [paragraph(nothingToTell)] : []),
    ...entries.flatMap(({ item, texts }) => [`<h3>${escaped(item)}</h3>`, ...texts.map(paragraph)]),
    '</section>',
  ].join('\n');
}

function tableOf({ columns, rows }: PrintedTable): string {
  const head = columns.map((column) => `<th scope="col">${escaped(column)}</th>`).join('');
  const body = rows.map(
    ([item, ...values]) =>
      `<tr><th scope="row">${escaped(item)}</th>${values.map((value) => `<td>${escaped(value)}</td>`).join('')}</tr>`,
  );
  return `<table>\n<thead><tr>${head}</tr></thead>\n<tbody>\n${body.join('\n')}\n</tbody>\n</table>`;
}

const paragraph = (text: string): string => `<p>${escaped(text)}</p>`;

const marks: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escaped = (text: string): string => text.replace(/[&<>"']/g, (mark) => marks[mark] as string);
