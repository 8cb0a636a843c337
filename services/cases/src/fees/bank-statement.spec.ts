import { rfOf } from '@okienko/identifiers/rf';
import fc from 'fast-check';
import { groszeOf, mostPaid, referencesIn, StatementMalformed, statementOf } from './bank-statement';

const header = 'bookedOn;amount;currency;payerAccount;title;bankReference';
const faultsOf = (csv: string): string[] => {
  try {
    statementOf(csv);
    return [];
  } catch (error) {
    return (error as StatementMalformed).errors.map(({ pointer }) => pointer);
  }
};

describe('a bank statement', () => {
  it('is read with its names in any order, with quotes, line ends and marks of any kind', () => {
    const csv = `\uFEFF${header};account\r
2026-03-02;1 234,50;PLN;61109010140000071219812874;"opłata; RF18 ""marzec""\nza teleopiekę";B1;PL27 1140 2004 0000 3002 0135 5387\r
\r
2026-03-03;-5,00;PLN;;prowizja;B2;`;
    expect(statementOf(csv)).toEqual([
      {
        bookedOn: '2026-03-02',
        grosze: 123_450,
        title: 'opłata; RF18 "marzec"\nza teleopiekę',
        bankReference: 'B1',
        payerAccount: '61109010140000071219812874',
        account: '27114020040000300201355387',
      },
      { bookedOn: '2026-03-03', grosze: -500, title: 'prowizja', bankReference: 'B2' },
    ]);
    expect(statementOf('title,bankReference,amount,currency,bookedOn\nx,B,300,PLN,2026-03-02')).toMatchObject([
      { grosze: 300 },
    ]);
  });

  it('is refused as a whole, with all that is wrong in it', () => {
    expect(faultsOf('')).toEqual(
      ['bookedOn', 'amount', 'currency', 'title', 'bankReference'].map((name) => `/csv/0/${name}`),
    );
    expect(faultsOf(`${header};surname`)).toEqual(['/csv/0']);
    expect(faultsOf(`${header}\n2026-02-30;1,5;EUR;;x;\n2026-03-02;1,50;PLN;;x;B`)).toEqual([
      '/csv/1/bookedOn',
      '/csv/1/amount',
      '/csv/1/currency',
      '/csv/1/bankReference',
    ]);
    expect(faultsOf(`${header}\n2026-03-02;1,50;PLN;x;B`)).toEqual(['/csv/1']);
    expect(faultsOf(header + '\n2026-03-02;1,50;PLN;;x;B'.repeat(2001))).toEqual(['/csv/0']);
  });

  it('takes any cells that were quoted', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', 'ż', '"', ';', ',', '\n', '\r', ' '), maxLength: 20 });
    const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
    fc.assert(
      fc.property(fc.array(cell, { minLength: 1, maxLength: 5 }), fc.constantFrom(';', ','), (titles, separator) => {
        const lines = titles.map((title, index) => ['2026-03-02', '"12,34"', 'PLN', '', quoted(title), `B${index}`]);
        const csv = [header.split(';'), ...lines].map((cells) => cells.join(separator)).join('\r\n');
        expect(statementOf(csv).map(({ title, grosze }) => [title, grosze])).toEqual(
          titles.map((title) => [title, 1234]),
        );
      }),
    );
  });

  it('is never read into anything but an answer: any text is a statement or a list of faults', () => {
    const text = fc.oneof(
      fc.string(),
      fc.string().map((rest) => `${header}\n${rest}`),
    );
    fc.assert(fc.property(text, (csv) => faultsOf(csv).every((pointer) => pointer.startsWith('/csv/'))));
  });
});

describe('an amount', () => {
  test.each([
    ['12,34', 1234],
    ['12.34', 1234],
    ['0,01', 1],
    ['1 234 567,89', 123_456_789],
    ['1234', 1234],
    ['-12,34', -1234],
    ['+12,34', 1234],
  ])('%s is so many grosze', (text, grosze) => expect(groszeOf(text)).toBe(grosze));

  test.each(['', '0', '0,00', '1,2', '1,234', '1.234,00', '12 34,00', '1e3', 'x', '٣', '12,34 zł', '9'.repeat(30)])(
    '%p is none',
    (text) => expect(groszeOf(text)).toBeUndefined(),
  );

  it('is read as exactly as it was written', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: mostPaid }), (grosze) => {
        const digits = String(grosze).padStart(3, '0');
        const written = `${digits.slice(0, -2)},${digits.slice(-2)}`;
        expect([groszeOf(written), groszeOf(`-${written}`), groszeOf(String(grosze))]).toEqual([
          grosze,
          -grosze,
          grosze,
        ]);
      }),
    );
  });
});

describe('a reference', () => {
  it('is found in whatever people write around and within it', () => {
    const number = fc.integer({ min: 1, max: 999_999_999 }).map((value) => rfOf(String(value).padStart(10, '0')));
    const noise = fc.constantFrom('', ' ', '-', '  ', '.');
    const words = fc.constantFrom('', 'opłata za marzec ', 'OPŁATA/', 'nr: ');
    fc.assert(
      fc.property(number, noise, words, (reference, blank, before) => {
        const typed = reference
          .toLowerCase()
          .match(/.{1,4}/g)
          ?.join(blank);
        expect(referencesIn(`${before}${typed} dziękuję`)).toEqual([reference]);
      }),
    );
  });
});
