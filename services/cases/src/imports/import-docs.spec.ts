import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { relations } from '../households/household';
import { outcomes } from './data-import';
import { rowCodes } from './import-errors';
import { mostLines } from './import-file';
import { columnsOf, importKinds } from './import-kinds';
import { mostBytes } from './imports.commands';

const guide = readFileSync(join(__dirname, '..', '..', 'docs', 'import.md'), 'utf8');
const section = (title: string): string => guide.split(/^## /m).find((part) => part.startsWith(`${title}\n`)) ?? '';
const rowsOf = (text: string): string[][] =>
  [...text.matchAll(/^\| `(.*)\|$/gm)].map(([, row = '']) =>
    row.split('|').map((cell) => cell.trim().replace(/`$/, '')),
  );

describe('the guide for offices', () => {
  it.each(importKinds)('names the columns of %s, and which of them must be there', (kind) =>
    expect(rowsOf(section(kind)).map(([name, needed]) => [name, needed === 'tak'])).toEqual(
      columnsOf(kind).map(({ name, isRequired }) => [name, isRequired === true]),
    ),
  );

  it('names every outcome and every code of its own, and no other', () =>
    expect(rowsOf(section('Wynik wiersza')).map(([name]) => name)).toEqual([...outcomes, ...rowCodes]));

  it('says how much a file may hold, and names each relation', () => {
    expect(guide).toContain(`Najwyżej ${mostBytes / 1024 / 1024} MB i ${mostLines} wierszy`);
    for (const relation of relations) expect(section('HOUSEHOLDS')).toContain(`\`${relation}\``);
  });
});
