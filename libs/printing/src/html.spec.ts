import fc from 'fast-check';
import { htmlOf } from './html';
import { inZloty, type Printed } from './printed';

const report: Printed = {
  title: 'Decyzja nr 7',
  paragraphs: ['Elbląg'],
  sections: [
    { heading: 'Usługi', list: ['Teleopieka'] },
    { heading: 'Opłaty', table: { columns: ['Usługa', 'Kwota'], rows: [['Teleopieka', '12,00']] } },
    { heading: 'Uzasadnienie', entries: [{ item: 'Fakty', texts: ['Brak miejsc.'] }] },
    { heading: 'Uwagi' },
  ],
};

describe('a page', () => {
  it('says its language and title, and what is a heading, a list and the head of a table', () => {
    const page = htmlOf(report);
    for (const said of [
      '<html lang="pl">',
      '<title>Decyzja nr 7</title>',
      '<h1>Decyzja nr 7</h1>',
      '<ul>\n<li>Teleopieka</li>\n</ul>',
      '<th scope="col">Kwota</th>',
      '<th scope="row">Teleopieka</th><td>12,00</td>',
      '<h3>Fakty</h3>',
      '<h2>Uwagi</h2>\n<p>brak danych</p>',
    ])
      expect(page).toContain(said);
    expect(htmlOf({ ...report, language: 'pl-x-etr' })).toContain('<html lang="pl-x-etr">');
  });

  it('holds no markup but its own, whatever the texts are', () => {
    const text = fc.string({ unit: fc.constantFrom('<', '>', '&', '"', "'", '/', 'script', 'ł', ' ') });
    const tags = (page: string): string[] => page.match(/<[^>]*>/g) ?? [];
    const shape = tags(htmlOf({ title: '', paragraphs: [''], sections: [{ heading: '', list: [''] }] }));
    fc.assert(
      fc.property(text, (odd) => {
        const page = htmlOf({ title: odd, paragraphs: [odd], sections: [{ heading: odd, list: [odd] }] });
        expect(tags(page)).toEqual(shape);
      }),
    );
  });
});

it('grosze are told as złote, those below one too', () => {
  expect([0, 5, 1234, -50, -1234].map(inZloty)).toEqual(['0,00', '0,05', '12,34', '-0,50', '-12,34']);
});
