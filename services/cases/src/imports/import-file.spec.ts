import fc from 'fast-check';
import { ImportColumnsWrong, ImportUnreadable } from './import-errors';
import { linesOf } from './import-file';
import { columnsOf, importKinds, templateOf } from './import-kinds';
import { recordsOf } from './import-records';

const headings = 'externalId;givenName;familyName;terc';
const file = (...lines: string[]): Buffer => Buffer.from([headings, ...lines, ''].join('\r\n'));
const read = (content: Buffer | string) => linesOf('PERSONS', Buffer.from(content));
const zaneta = { externalId: 'K-1', givenName: 'Żaneta', familyName: 'Łoś', terc: '2861011' };
const line = 'K-1;Żaneta;Łoś;2861011';

/** Letters of Windows-1250 that ASCII has not, by their code there. */
const windows1250 = (text: string): Buffer =>
  Buffer.from([...text].map((letter) => ({ Ż: 0xaf, Ł: 0xa3, ś: 0x9c, ż: 0xbf })[letter] ?? letter.charCodeAt(0)));

describe('a file', () => {
  it.each([
    ['semicolons', file(line)],
    ['a byte order mark', Buffer.concat([Buffer.from('\uFEFF'), file(line)])],
    ['commas', Buffer.from(file(line).toString().replaceAll(';', ','))],
    ['Windows-1250', windows1250(file(line).toString())],
    ['quotes, spaces and a column too many without a heading', file('"K-1"; Żaneta ;"Łoś";2861011;')],
    ['decomposed letters', Buffer.from(file(line).toString().normalize('NFD'))],
  ])('is read with %s', async (_, content) => {
    expect(await read(content)).toEqual([{ row: 2, cells: zaneta }]);
  });

  it('is read from JSON, where null and what is left out say the same', async () => {
    expect(await read(JSON.stringify([zaneta, { ...zaneta, externalId: 2, pesel: null }]))).toEqual([
      { row: 1, cells: zaneta },
      { row: 2, cells: { ...zaneta, externalId: '2' } },
    ]);
  });

  it('counts rows as a spreadsheet does, also behind an empty one', async () => {
    const rows = await read(file('K-1;a;b;2861011', '', ';;;', 'K-2;"a ""b""; c";b;2861011'));
    expect(rows.map(({ row, cells }) => [row, cells['givenName']])).toEqual([
      [2, 'a'],
      [5, 'a "b"; c'],
    ]);
  });

  it.each([
    ['UTF-16', Buffer.from(file(line).toString(), 'utf16le')],
    ['an open quote', file('K-1;"Żaneta;Łoś;2861011')],
    ['headings alone', file()],
    ['nothing', ''],
    ['broken JSON', '[{]'],
    ['JSON in JSON', JSON.stringify([{ ...zaneta, terc: ['2861011'] }])],
    ['a list of texts', '["K-1"]'],
  ])('is refused with %s', async (_, content) => {
    await expect(read(content)).rejects.toThrow(ImportUnreadable);
  });

  it('is refused with other columns, and nothing of it is repeated', async () => {
    const wrong = read('externalId;givenName;Łoś Żaneta\nK-1;a;b');
    await expect(wrong).rejects.toThrow(ImportColumnsWrong);
    const { errors } = (await wrong.catch((error: ImportColumnsWrong) => error)) as ImportColumnsWrong;
    expect(errors.map(({ pointer }) => pointer)).toEqual(['/familyName', '/terc', '']);
    expect(JSON.stringify(errors)).not.toContain('Łoś');
  });

  it.each(importKinds)('of %s has a template that is read as one record', async (kind) => {
    const [record, ...more] = recordsOf(kind, await linesOf(kind, Buffer.from(templateOf(kind))));
    expect(more).toEqual([]);
    expect(record).toMatchObject({ row: 2, fault: null });
    const told = columnsOf(kind).filter(({ example }) => example !== '');
    expect({ ...record?.head, ...record?.parts[0] }).toEqual(
      Object.fromEntries(told.map(({ name, example }) => [name, example])),
    );
  });
});

describe('the records of a file', () => {
  const cells = (externalId: string, more: object = {}) => ({ ...zaneta, externalId, ...more });
  const of = (...all: Record<string, string>[]) =>
    recordsOf(
      'PERSONS',
      all.map((one, index) => ({ row: index + 2, cells: one })),
    );

  it('are refused, all of them, where an external id is told of twice', () =>
    expect(of(cells('K-1'), cells('K-2'), cells('K-1')).map(({ row, fault }) => [row, fault])).toEqual([
      [2, 'external-id-repeated'],
      [4, 'external-id-repeated'],
      [3, null],
    ]));

  it.each(['', '44851499990', 'PESEL 44851499990', 'a b', '-', 'x'.repeat(65), 'K\n1'])(
    'keep no external id like %j',
    (wrong) => expect(of(cells(wrong))).toMatchObject([{ externalId: null, head: {}, fault: 'external-id-wrong' }]),
  );

  it('gather the services of an application from its lines, in whatever order', () => {
    const head = {
      externalId: 'W-1',
      personExternalId: 'K-1',
      applicantRole: 'PERSON',
      channel: 'DESK',
      filedAt: '2026-03-02',
      clauseVersion: '2020-01-01',
    };
    const lines = ['a', 'b', 'c'].map((offerId, index) => ({
      row: index + 2,
      cells: { ...head, offerId, state: 'SUBMITTED' },
    }));
    fc.assert(
      fc.property(fc.shuffledSubarray(lines, { minLength: 3 }), (shuffled) =>
        expect(recordsOf('APPLICATIONS', shuffled)).toEqual(recordsOf('APPLICATIONS', lines)),
      ),
    );
    expect(recordsOf('APPLICATIONS', lines)).toMatchObject([
      { row: 2, head, parts: [{ offerId: 'a' }, { offerId: 'b' }, { offerId: 'c' }] },
    ]);
    const other = { row: 9, cells: { ...head, channel: 'POST', offerId: 'd', state: 'SUBMITTED' } };
    expect(recordsOf('APPLICATIONS', [...lines, other]).map(({ fault }) => fault)).toEqual(
      Array(4).fill('lines-disagree'),
    );
  });
});
