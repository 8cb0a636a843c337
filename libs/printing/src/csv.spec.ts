import fc from 'fast-check';
import { csvOf } from './csv';

describe('a CSV', () => {
  it('quotes what would end a field or a line, and marks what a spreadsheet would compute', () => {
    expect(
      csvOf([
        ['a,b', 'say "yes"', 'two\nlines'],
        ['=1+1', '-5', '-1+cmd', '+48551234567', '@x'],
      ]),
    ).toBe('"a,b","say ""yes""","two\nlines"\r\n\'=1+1,-5,\'-1+cmd,\'+48551234567,\'@x\r\n');
    expect(csvOf([])).toBe('');
  });

  it.each(['=1+1', ' =1+1', '\t@SUM(1)', '\r=1', '\n=1', '＝1', '＋1', '－1+2', '＠x', '\u00a0=1', '-1-1', '+1'])(
    'gives no formula to a spreadsheet: %j',
    (text) => expect(csvOf([[text]])).toMatch(/^"?'/),
  );

  it('gives none whatever the text, and loses nothing of it', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom(...'=+-@＝ \t\r\n",\'1a') })), (text) => {
        const [field = ''] = csvOf([[text]]).split(/\r\n$/);
        const read = field.startsWith('"') ? field.slice(1, -1).replaceAll('""', '"') : field;
        expect([text, `'${text}`]).toContain(read);
        expect(read).not.toMatch(/^[\t\r\n=+@＝＋－＠]|^-(?!\d+([.,]\d+)?$)/);
      }),
    );
  });
});
