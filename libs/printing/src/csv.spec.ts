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

  it('gives no formula to a spreadsheet, whatever the text', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const [field = ''] = csvOf([[text]]).replace(/^"/, '');
        expect('=+@\t'.includes(field)).toBe(false);
      }),
    );
  });
});
