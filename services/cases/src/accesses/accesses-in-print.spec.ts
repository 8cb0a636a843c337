import { roles } from '@okienko/chassis/access';
import { pdfOf } from '@okienko/printing/pdf';
import { accessesInPrint } from './accesses-in-print';
import type { AccessView } from './accesses.dto';

const personId = '0197a000-0000-7000-8000-000000000003';
const at = '2026-03-29T00:30:00.000000Z';
const look: AccessView = {
  at,
  role: 'coordinator',
  act: 'READ',
  fieldGroups: ['IDENTITY', 'HEALTH'],
  purpose: 'CASE_WORK',
  caseRef: null,
};
const rowsOf = (...items: AccessView[]) =>
  accessesInPrint(personId, items, false, new Date(at)).sections[0]?.table?.rows;

describe('accesses in print', () => {
  it('are told in Polish words and in the time of Warsaw', () =>
    expect(rowsOf(look)).toEqual([
      ['29.03.2026, 01:30', 'koordynator planów', 'odczyt', 'tożsamość, stan zdrowia', 'prowadzenie sprawy', '–'],
    ]));

  it('show what has no word yet as it was written, and of the account nothing', () => {
    const odd = {
      ...look,
      account: 'kipus-anna',
      role: 'desk finance',
      purpose: 'AUDIT_2026',
      fieldGroups: ['NEWEST'],
    };
    expect(rowsOf(odd)).toEqual([
      [expect.any(String), 'punkt obsługi, księgowość', 'odczyt', 'NEWEST', 'AUDIT_2026', '–'],
    ]);
    expect(JSON.stringify(accessesInPrint(personId, [odd], true, new Date(at)))).not.toContain('kipus-anna');
  });

  it('have a word for every role', () => {
    for (const role of roles) expect(rowsOf({ ...look, role })?.[0]?.[1]).not.toBe(role);
  });

  it('say when there are more', () => {
    const paragraphs = (hasMore: boolean) => accessesInPrint(personId, [look], hasMore, new Date(at)).paragraphs;
    expect(paragraphs(true).at(-1)).toContain('1 najnowszych');
    expect(paragraphs(false)).toHaveLength(3);
  });

  it('are paper, also when there is nothing to tell', async () => {
    for (const items of [[], [look]]) {
      const pdf = await pdfOf(accessesInPrint(personId, items, false, new Date(at)), new Date(at));
      expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    }
  });
});
