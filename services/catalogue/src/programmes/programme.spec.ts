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
/** Recorded on the day of publication, when the vacatio legis has just begun. */
const published = (changes = {}) =>
  after(adopted(changes), (programme) => programme.publish(publication, publication.publishedOn));
const inForce = (changes = {}) => after(adopted(changes), (programme) => programme.publish(publication, today));

function after(programme: Programme, act: (programme: Programme) => DomainEvent | readonly DomainEvent[]): Programme {
  act(programme);
  return programme;
}
const told = ({ contract, subject, data, gmina }: DomainEvent): unknown => {
  assertSendable(contract, data);
  return [contract.$id, subject, data, gmina];
};
const names = (events: readonly DomainEvent[]): unknown =>
  events.map(({ contract, data }) => {
    assertSendable(contract, data);
    return contract.$id.split('.')[2];
  });

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
      { ...consultation, programmeVersion: 1 },
      '2861011',
    ]);
    expect(told(programme.adopt(adoption, today))).toEqual([
      'catalogue.programme.adopted.v1',
      id,
      { ...adoption, programmeVersion: 1 },
      '2861011',
    ]);
    expect(programme.publish(publication, '2026-02-23').map(told)).toEqual([
      [
        'catalogue.programme.published.v1',
        id,
        { ...publication, inForceFrom: '2026-02-24', programmeVersion: 1 },
        '2861011',
      ],
    ]);
  });

  it('tells its services and data scope when it enters into force', () => {
    expect(published().keepCalendar(today).map(told)).toEqual([
      [
        'catalogue.programme.entered-into-force.v1',
        id,
        {
          programmeVersion: 1,
          terc: '2861011',
          inForceFrom: '2026-02-24',
          validFrom: '2021-01-01',
          validTo: '2099-12-31',
          expectedPersons: 30,
          fee: { rule: 'FREE' },
          services: [{ serviceCode: 'teleopieka', expectedPersons: 20, queueRule: 'FILING_TIME' }],
          dataScope: ['IDENTITY', 'AGE', 'HEALTH'],
        },
        '2861011',
      ],
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

  it('is in force at once when its day has come before anybody recorded its publication', () => {
    expect(names(adopted().publish(publication, '2026-02-24'))).toEqual(['published', 'entered-into-force']);
    expect(names(adopted().publish({ ...publication, inForceFrom: '2026-02-10' }, '2026-02-10'))).toHaveLength(2);
    expect(() => adopted().publish({ ...publication, inForceFrom: '2026-02-09' }, today)).toThrow(
      expect.objectContaining({ code: 'days-reversed' }),
    );
  });
});

describe('criteria in a programme', () => {
  const [service] = exampleProgramme().services;
  const criteria = [
    { anyOf: [{ allOf: [{ kind: 'STATEMENT', code: 'ILL' }] }, { allOf: [{ kind: 'AGE', from: 75 }] }] },
  ];

  it('are told with the service, as they are', () => {
    const more = { criteria, grantedFor: { length: 12, period: 'MONTH' as const } };
    const statements = [{ code: 'ILL', name: { pl: 'Stan zdrowia wymaga stałego monitorowania' } }];
    const [{ data } = { data: {} }] = published({ services: [{ ...service!, ...more }], statements }).keepCalendar(
      today,
    );
    expect(data).toMatchObject({ services: [{ serviceCode: 'teleopieka', ...more }] });
  });

  it('are refused when they refer to what the programme does not list', () => {
    expect(() => draft({ services: [{ ...service!, criteria }] })).toThrow(
      expect.objectContaining({
        code: 'criteria-faulty',
        basis: 'art. 5 ust. 3 pkt 6',
        message: expect.stringContaining(
          '/0/anyOf/0/allOf/0: ILL is not among the statements of this programme',
        ) as string,
      }),
    );
  });
});

describe('fees and priorities in a programme', () => {
  const [service] = exampleProgramme().services;
  const name = { pl: 'Mieszka samotnie' };
  const criteria = [{ anyOf: [{ allOf: [{ kind: 'AGE', from: 75 }] }] }];
  const flat = { rule: 'FLAT', grosze: 3000, per: 'MONTH' } as const;
  const fee = {
    ...flat,
    note: { pl: '30 zł miesięcznie' },
    reliefs: [
      { code: 'OLD', name, percent: 50, criteria },
      { code: 'HARDSHIP', name, percent: 100, reasons: [{ code: 'FIRE', name: { pl: 'Pożar' } }] },
    ],
  };
  const taxi = { ...service!, serviceCode: 'taxi', fee };

  it('are told as codes and figures: the programme’s once, and a service’s own', () => {
    const services = [{ ...service!, priorities: [{ code: 'OLD', name, criteria }] }, taxi];
    const [inForceNow] = published({ fee: flat, services }).keepCalendar(today);
    told(inForceNow!);
    expect(inForceNow!.data).toMatchObject({
      fee: flat,
      services: [
        { serviceCode: 'teleopieka', priorities: [{ code: 'OLD', criteria }] },
        {
          serviceCode: 'taxi',
          fee: {
            ...flat,
            reliefs: [
              { code: 'OLD', percent: 50, criteria },
              { code: 'HARDSHIP', percent: 100, reasons: ['FIRE'] },
            ],
          },
        },
      ],
    });
    expect(JSON.stringify(inForceNow!.data)).not.toMatch(/samotnie|miesięcznie|Pożar/);
  });

  it.each<[string, string, string, object]>([
    [
      'fee-faulty',
      '7',
      'of the programme cannot be evaluated: /per: FLAT needs it',
      { fee: { rule: 'FLAT', grosze: 1 } },
    ],
    [
      'fee-faulty',
      '7',
      'of taxi cannot',
      { services: [service!, { ...taxi, fee: { ...fee, reliefs: [{ code: 'A', name, percent: 5 }] } }] },
    ],
    [
      'priorities-faulty',
      '6',
      '/1/code: A is listed twice',
      {
        services: [
          {
            ...service!,
            priorities: [
              { code: 'A', name, criteria },
              { code: 'A', name, criteria },
            ],
          },
        ],
      },
    ],
    [
      'priorities-faulty',
      '6',
      '/0/criteria: they say who',
      { services: [{ ...service!, priorities: [{ code: 'A', name, criteria: [] }] }] },
    ],
    [
      'priorities-faulty',
      '6',
      '/: nobody waits',
      { services: [{ ...service!, queueRule: 'NONE', priorities: [{ code: 'A', name, criteria }] }] },
    ],
  ])('are refused even of a draft: %s (pt %s) %s', (code, point, message, changes) => {
    expect(() => draft(changes)).toThrow(
      expect.objectContaining({
        code,
        basis: `art. 5 ust. 3 pkt ${point}`,
        message: expect.stringContaining(message) as string,
      }),
    );
  });
});

describe('an amendment', () => {
  const longer = exampleProgramme({ expectedPersons: 60, validTo: '2099-12-31' });
  const amending = () => after(inForce(), (programme) => programme.amend(longer));
  const publishedAmendment = (inForceFrom?: string) =>
    [
      (programme: Programme) => programme.adopt(adoption, today),
      (programme: Programme) => programme.publish({ ...publication, ...(inForceFrom ? { inForceFrom } : {}) }, today),
    ].reduce(after, amending());

  it('is another edition beside the one in force, through the same acts', () => {
    const programme = inForce();
    expect(told(programme.amend(longer))).toEqual([
      'catalogue.programme.amendment-drafted.v1',
      id,
      { programmeVersion: 2, validTo: '2099-12-31' },
      '2861011',
    ]);
    expect(programme.consult({ from: '2026-01-05', to: '2026-01-20' }, today).data).toMatchObject({
      programmeVersion: 2,
    });
    expect(programme.adopt(adoption, today).data).toMatchObject({ programmeVersion: 2 });
    const events = programme.publish(publication, today);
    expect(names(events)).toEqual(['published', 'amended', 'entered-into-force']);
    expect(events.map(({ data }) => (data as { programmeVersion: number }).programmeVersion)).toEqual([2, 2, 2]);
    expect(programme).toMatchObject({
      programmeVersion: 2,
      state: 'IN_FORCE',
      content: { expectedPersons: 60 },
      amendment: null,
      former: [{ programmeVersion: 1, state: 'SUPERSEDED', content: { expectedPersons: 30 } }],
    });
  });

  it('is of a programme in force, one at a time, and keeps its gmina and first day', () => {
    expect(() => published().amend(longer)).toThrow(expect.objectContaining({ code: 'wrong-state' }));
    expect(() => amending().amend(longer)).toThrow(expect.objectContaining({ code: 'amendment-pending' }));
    for (const change of [{ terc: '2607011' }, { validFrom: '2022-01-01' }])
      expect(() => inForce().amend({ ...longer, ...change })).toThrow(
        expect.objectContaining({ code: 'period-moved' }),
      );
  });

  it('does not end before it begins', () => {
    const amended = (validTo: string) =>
      [
        (programme: Programme) => programme.amend(exampleProgramme({ validTo })),
        (programme: Programme) => programme.adopt(adoption, today),
      ].reduce(after, inForce());
    const publish = (validTo: string) => amended(validTo).publish({ ...publication, inForceFrom: '2026-04-01' }, today);
    expect(() => publish('2026-03-31')).toThrow(
      expect.objectContaining({ code: 'ends-before-it-begins', basis: 'art. 5 ust. 3 pkt 2' }),
    );
    expect(names(publish('2026-04-01'))).toEqual(['published']);
  });

  it('is given up, and its number is not given again', () => {
    const programme = amending();
    expect(told(programme.withdrawAmendment())).toEqual([
      'catalogue.programme.amendment-withdrawn.v1',
      id,
      { programmeVersion: 2 },
      '2861011',
    ]);
    expect(() => programme.withdrawAmendment()).toThrow(expect.objectContaining({ code: 'no-amendment' }));
    expect(programme.amend(longer).data).toMatchObject({ programmeVersion: 3 });
  });

  it('is over with the programme', () => {
    const programme = publishedAmendment('2026-04-01');
    expect(names([programme.end(today, today)])).toEqual(['ended']);
    expect(programme.keepCalendar('2026-05-01')).toEqual([]);
    expect(programme).toMatchObject({ amendment: null, former: [{ programmeVersion: 2, state: 'WITHDRAWN' }] });
  });
});

describe('the calendar', () => {
  const spring = { validFrom: '2026-03-01', validTo: '2026-04-30' };

  it.each<[string, () => Programme, string, string[]]>([
    ['nothing before the vacatio legis is over', () => published(), '2026-02-23', []],
    ['entry into force on the day', () => published(), '2026-02-24', ['entered-into-force']],
    ['no entry before the first day of the programme', () => published(spring), '2026-02-28', []],
    ['everything that a downtime has missed', () => published(spring), '2026-05-08', ['entered-into-force', 'ended']],
    ['nothing on the last day', () => inForce(spring), '2026-04-30', []],
    ['the end after it', () => inForce(spring), '2026-05-01', ['ended']],
    ['nothing of a draft', () => draft(), '2099-01-01', []],
  ])('%s', (_, make, day, expected) => expect(names(make().keepCalendar(day))).toEqual(expected));

  it('an amendment that begins when the programme would end prolongs it; a day later it is too late', () => {
    const amended = (inForceFrom: string) =>
      [
        (programme: Programme) => programme.amend(exampleProgramme({ ...spring, validTo: '2026-06-30' })),
        (programme: Programme) => programme.adopt(adoption, today),
        (programme: Programme) => programme.publish({ ...publication, inForceFrom }, today),
      ].reduce(after, inForce(spring));
    expect(names(amended('2026-05-01').keepCalendar('2026-05-08'))).toEqual(['amended', 'entered-into-force']);
    expect(names(amended('2026-05-02').keepCalendar('2026-05-08'))).toEqual(['ended']);
    expect(names(amended('2026-05-01').keepCalendar('2026-07-01'))).toEqual(['amended', 'entered-into-force', 'ended']);
  });

  it('asks nothing twice', () => {
    const programme = published(spring);
    programme.keepCalendar('2026-05-08');
    expect(programme.keepCalendar('2026-05-08')).toEqual([]);
  });
});

describe('the end of a programme', () => {
  const short = { validFrom: '2026-03-01', validTo: '2026-03-31' };

  it('is the day of repeal when that comes before its last day', () => {
    expect(told(inForce(short).end('2026-03-12', '2026-03-12'))).toEqual([
      'catalogue.programme.ended.v1',
      id,
      { endedOn: '2026-03-12' },
      '2861011',
    ]);
    expect(() => inForce(short).end('2026-03-13', '2026-03-12')).toThrow(
      expect.objectContaining({ code: 'not-yet-happened' }),
    );
    for (const day of ['2026-02-28', '2026-04-01'])
      expect(() => inForce(short).end(day, '2026-04-01')).toThrow(
        expect.objectContaining({ code: 'outside-programme-period' }),
      );
  });
});

describe('the table of states', () => {
  const acts = {
    consult: (programme: Programme) => programme.consult({ from: '2026-01-05', to: '2026-01-20' }, today),
    adopt: (programme: Programme) => programme.adopt(adoption, today),
    publish: (programme: Programme) => programme.publish(publication, publication.publishedOn),
    end: (programme: Programme) => programme.end(today, today),
  };
  const states: [string, () => Programme, (keyof typeof acts)[]][] = [
    ['DRAFT', draft, ['consult', 'adopt']],
    ['CONSULTED', () => after(draft(), acts.consult), ['adopt']],
    ['ADOPTED', adopted, ['publish']],
    ['PUBLISHED_IN_JOURNAL', published, []],
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
