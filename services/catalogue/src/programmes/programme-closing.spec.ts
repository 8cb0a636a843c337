import { addDays } from '@okienko/contracts/calendar';
import { assertSendable } from '@okienko/contracts/validation';
import fc from 'fast-check';
import { Programme } from './programme';
import { closingDueOn } from './programme-closing';
import { exampleProgramme } from './programme-example';

const id = '0197a000-0000-7000-8000-000000000004';
const endedOn = '2026-03-01';

function ended(): Programme {
  const programme = Programme.draft(id, exampleProgramme());
  programme.adopt({ resolutionNumber: 'I/1/2026', adoptedOn: '2026-01-02' }, endedOn);
  programme.publish({ journalReference: 'poz. 1', publishedOn: '2026-01-10' }, endedOn);
  programme.end(endedOn, endedOn);
  return programme;
}
const toldOn = (programme: Programme, day: string): string[] =>
  programme.keepCalendar(day).map(({ contract, data }) => {
    assertSendable(contract, data);
    expect(data).toEqual({ endedOn, dueOn: '2026-07-01' });
    return contract.$id.split('.')[2] ?? '';
  });

describe('the closing information of a programme', () => {
  it('is due four months after the end, at the end of the month where that is shorter', () => {
    expect([closingDueOn(endedOn), closingDueOn('2025-10-31')]).toEqual(['2026-07-01', '2026-02-28']);
  });

  it('is reminded of thirty days before, and missed the day after', () => {
    const programme = ended();
    expect(toldOn(programme, '2026-05-31')).toEqual([]);
    expect(toldOn(programme, '2026-06-01')).toEqual(['closing-information-due']);
    expect(toldOn(programme, '2026-07-01')).toEqual([]);
    expect(toldOn(programme, '2026-07-02')).toEqual(['closing-information-overdue']);
    expect(toldOn(programme, '2027-01-01')).toEqual([]);
  });

  it('is told of once, in order and no sooner, on whatever days somebody looks', () => {
    const days = fc.array(fc.nat(200), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(days, (looked) => {
        const programme = ended();
        const told = looked
          .sort((a, b) => a - b)
          .flatMap((after) => toldOn(programme, addDays(endedOn, after)).map((name) => [name, after] as const));
        const first = (from: number): number | undefined => looked.find((after) => after >= from);
        const expected = [
          ['closing-information-due', first(92)],
          ['closing-information-overdue', first(123)],
        ].filter(([, after]) => after !== undefined);
        expect(told).toEqual(expected);
      }),
    );
  });

  it('is not asked for once it is public, and is published once', () => {
    const programme = ended();
    const { contract, data } = programme.report('2026-04-01');
    assertSendable(contract, data);
    expect(data).toEqual({ endedOn, dueOn: '2026-07-01', publishedOn: '2026-04-01' });
    expect(toldOn(programme, '2027-01-01')).toEqual([]);
    expect(() => programme.report('2026-04-02')).toThrow(expect.objectContaining({ code: 'wrong-state' }));
  });

  it('waits for the end of the programme', () => {
    const programme = Programme.draft(id, exampleProgramme());
    expect(() => programme.report('2026-04-01')).toThrow(expect.objectContaining({ code: 'wrong-state' }));
  });
});
