import { addDays, type Day } from '@okienko/contracts/calendar';
import fc from 'fast-check';
import { Deadline } from './deadline';

const noon = (day: Day): Date => new Date(`${day}T12:00:00Z`);

/** As it comes from its row. */
const deadline = (more: Partial<Deadline> = {}): Deadline =>
  Object.assign(Object.create(Deadline.prototype) as Deadline, {
    id: 'deadline',
    version: 0,
    kind: 'PLAN_DRAFT',
    subjectId: 'application',
    applicationId: 'application',
    personId: null,
    unit: 'main',
    terc: '2861011',
    assignee: 'kipus-ewa',
    awaited: 'CENTRE',
    warnOn: '2026-03-10',
    dueOn: '2026-03-17',
    basis: 'art. 40',
    startedAt: noon('2026-02-15'),
    told: 'NOTHING',
    endedAt: null,
    ending: null,
    ...more,
  });
const toldOn = (subject: Deadline, day: Day): string[] =>
  subject.tell(noon(day)).map(({ contract }) => contract.$id.split('.')[2] ?? '');

describe('a deadline', () => {
  it('tells ids, days and the provision, and of nobody’s name or account', () => {
    const [approaching] = deadline().tell(noon('2026-03-10'));
    expect(approaching).toMatchObject({ subject: 'deadline', gmina: '2861011' });
    expect(approaching?.data).toEqual({
      kind: 'PLAN_DRAFT',
      subjectId: 'application',
      applicationId: 'application',
      dueOn: '2026-03-17',
      awaited: 'CENTRE',
      basis: 'art. 40',
    });
  });

  it('tells each step on its day, by the Polish calendar', () => {
    const subject = deadline();
    expect(subject.tell(new Date('2026-03-09T22:59:00Z'))).toEqual([]);
    expect(subject.tell(new Date('2026-03-09T23:01:00Z'))).toHaveLength(1);
    expect(
      ['2026-03-16', '2026-03-17', '2026-03-17', '2026-03-18', '2026-03-19'].map((day) => toldOn(subject, day)),
    ).toEqual([[], ['reached'], [], ['missed'], []]);
  });

  it('tells after a downtime what it would have told, in order', () => {
    const subject = deadline();
    expect(toldOn(subject, '2026-03-30')).toEqual(['approaching', 'reached', 'missed']);
    expect(subject.endedAt).toBeNull();
  });

  it('tells nothing any more once it has ended', () =>
    expect(toldOn(deadline({ endedAt: noon('2026-03-09'), ending: 'MET' }), '2026-03-30')).toEqual([]));

  it('ends by itself where a right has lapsed', () => {
    const appeal = deadline({ kind: 'APPEAL', awaited: 'APPLICANT' });
    expect(toldOn(appeal, '2026-03-17')).toEqual(['approaching', 'reached']);
    expect(appeal.ending).toBeNull();
    expect(toldOn(appeal, '2026-03-18')).toEqual(['missed']);
    expect(appeal).toMatchObject({ ending: 'DROPPED', endedAt: noon('2026-03-18') });
  });

  it('tells each step once and in order, however the days jump', () => {
    const jumps = fc.array(fc.integer({ min: -10, max: 60 }), { maxLength: 20 });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 30 }), jumps, (notice, days) => {
        const subject = deadline({ warnOn: addDays('2026-03-17', -notice) });
        const told = days.flatMap((offset) => toldOn(subject, addDays('2026-02-20', offset)));
        const last = addDays('2026-02-20', Math.max(-10, ...days));
        const expected = [
          ...(subject.warnOn <= last && days.length > 0 ? ['approaching'] : []),
          ...('2026-03-17' <= last ? ['reached'] : []),
          ...('2026-03-17' < last ? ['missed'] : []),
        ];
        expect(told).toEqual(expected);
      }),
    );
  });
});
