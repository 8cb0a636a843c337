import type { DomainEvent } from '@okienko/contracts/event';
import { assertSendable } from '@okienko/contracts/validation';
import { Programme } from './programme';
import { exampleProgramme } from './programme-example';

const id = '0197a000-0000-7000-8000-000000000004';
const today = '2026-03-10';
const adoption = { resolutionNumber: 'XXVIII/214/2026', adoptedOn: '2026-02-01' };
const publication = { journalReference: 'Dz. Urz. 2026 poz. 1', publishedOn: '2026-02-10' };

const draft = (changes = {}) => Programme.draft(id, exampleProgramme(changes));
const adopted = (changes = {}) => after(draft(changes), (programme) => programme.adopt(adoption, today));
const published = (changes = {}) => after(adopted(changes), (programme) => programme.publish(publication, today));
const inForce = (changes = {}) => after(published(changes), (programme) => programme.enterIntoForce(today));

function after(programme: Programme, act: (programme: Programme) => DomainEvent): Programme {
  act(programme);
  return programme;
}
const told = ({ contract, subject, data, gmina }: DomainEvent): unknown => {
  assertSendable(contract, data);
  return [contract.$id, subject, data, gmina];
};

describe('a programme', () => {
  it('tells its gmina and period when drafted', () => {
    const period = { terc: '2861011', validFrom: '2021-01-01', validTo: '2099-12-31' };
    expect(told(draft().drafted())).toEqual(['catalogue.programme.drafted.v1', id, period, '2861011']);
  });

  it('is consulted, adopted and published in that order of days', () => {
    const programme = draft();
    const consultation = { from: '2026-01-05', to: '2026-01-20' };
    expect(told(programme.consult(consultation, today))).toEqual([
      'catalogue.programme.consulted.v1',
      id,
      consultation,
      '2861011',
    ]);
    expect(told(programme.adopt(adoption, today))).toEqual(['catalogue.programme.adopted.v1', id, adoption, '2861011']);
    expect(told(programme.publish(publication, today))).toEqual([
      'catalogue.programme.published.v1',
      id,
      publication,
      '2861011',
    ]);
  });

  it('tells its services and data scope when it enters into force', () => {
    expect(told(published().enterIntoForce(today))).toEqual([
      'catalogue.programme.entered-into-force.v1',
      id,
      {
        programmeVersion: 1,
        terc: '2861011',
        validFrom: '2021-01-01',
        validTo: '2099-12-31',
        services: [{ serviceCode: 'teleopieka', expectedPersons: 20, queueRule: 'FILING_TIME' }],
        dataScope: ['IDENTITY', 'HEALTH'],
      },
      '2861011',
    ]);
  });

  it('may be adopted without consultation, as the Act asks that of the diagnosis only', () => {
    expect(() => adopted()).not.toThrow();
  });

  it('is not adopted while an element is missing', () => {
    expect(() => adopted({ budgetLines: [] })).toThrow(expect.objectContaining({ basis: 'art. 5 ust. 3 pkt 12' }));
  });

  it.each(['2026-03-11', '2099-01-01'])('is not adopted on a day still to come (%s)', (adoptedOn) => {
    expect(() => draft().adopt({ ...adoption, adoptedOn }, today)).toThrow(
      expect.objectContaining({ code: 'not-yet-happened' }),
    );
  });

  it('is not adopted before its consultation was over, nor published before it was adopted', () => {
    const consulted = after(draft(), (programme) => programme.consult({ from: '2026-02-01', to: '2026-02-20' }, today));
    const reversed = expect.objectContaining({ code: 'days-reversed' });
    expect(() => consulted.adopt(adoption, today)).toThrow(reversed);
    expect(() => adopted().publish({ ...publication, publishedOn: '2026-01-31' }, today)).toThrow(reversed);
  });

  it.each([
    ['2026-03-11', '2026-12-31'],
    ['2025-01-01', '2026-03-09'],
  ])('does not enter into force outside its period %s to %s', (validFrom, validTo) => {
    expect(() => published({ validFrom, validTo }).enterIntoForce(today)).toThrow(
      expect.objectContaining({ code: 'outside-programme-period', basis: 'art. 5 ust. 3 pkt 2' }),
    );
  });
});

describe('the end of a programme', () => {
  const short = { validFrom: '2026-03-01', validTo: '2026-03-31' };

  it('is its last day once that has passed', () => {
    expect(told(inForce(short).end(undefined, '2026-04-01'))).toEqual([
      'catalogue.programme.ended.v1',
      id,
      { endedOn: '2026-03-31' },
      '2861011',
    ]);
  });

  it('does not come by itself on the last day', () => {
    expect(() => inForce(short).end(undefined, '2026-03-31')).toThrow(
      expect.objectContaining({ code: 'outside-programme-period' }),
    );
  });

  it('is the day of repeal when that comes first', () => {
    expect(inForce(short).end('2026-03-12', '2026-03-12').data).toEqual({ endedOn: '2026-03-12' });
    expect(() => inForce(short).end('2026-03-13', '2026-03-12')).toThrow(
      expect.objectContaining({ code: 'not-yet-happened' }),
    );
    expect(() => inForce(short).end('2026-02-28', '2026-03-12')).toThrow(
      expect.objectContaining({ code: 'outside-programme-period' }),
    );
  });
});

describe('the table of states', () => {
  const acts = {
    consult: (programme: Programme) => programme.consult({ from: '2026-01-05', to: '2026-01-20' }, today),
    adopt: (programme: Programme) => programme.adopt(adoption, today),
    publish: (programme: Programme) => programme.publish(publication, today),
    enterIntoForce: (programme: Programme) => programme.enterIntoForce(today),
    end: (programme: Programme) => programme.end(today, today),
  };
  const states: [string, () => Programme, (keyof typeof acts)[]][] = [
    ['DRAFT', draft, ['consult', 'adopt']],
    ['CONSULTED', () => after(draft(), acts.consult), ['adopt']],
    ['ADOPTED', adopted, ['publish']],
    ['PUBLISHED_IN_JOURNAL', published, ['enterIntoForce']],
    ['IN_FORCE', inForce, ['end']],
    ['ENDED', () => after(inForce(), acts.end), []],
  ];
  const cases = states.flatMap(([state, make, allowed]) =>
    (Object.keys(acts) as (keyof typeof acts)[]).map((act) => ({ state, make, act, allowed: allowed.includes(act) })),
  );

  it.each(cases)('from $state, $act is allowed: $allowed', ({ make, act, allowed }) => {
    const attempt = () => acts[act](make());
    if (allowed) expect(attempt).not.toThrow();
    else expect(attempt).toThrow(expect.objectContaining({ kind: 'conflict', code: 'wrong-state' }));
  });
});
