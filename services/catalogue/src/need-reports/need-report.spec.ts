import type { DomainEvent } from '@okienko/contracts/event';
import { assertSendable } from '@okienko/contracts/validation';
import { NeedReport } from './need-report';

const id = '0197a000-0000-7000-8000-000000000006';
const applicationId = '0197a000-0000-7000-8000-000000000005';
const sealed = { words: Buffer.from('sealed'), receiptDigest: Buffer.from('digest') };
const today = '2026-03-10';
const filed = () => NeedReport.file(id, { terc: '2861011', reportedBy: 'NEIGHBOUR' }, sealed, '2026-03-09');
const told = ({ contract, data, gmina }: DomainEvent): unknown => {
  assertSendable(contract, data);
  return [contract.$id, data, gmina];
};
const acts = {
  acknowledge: (report: NeedReport) => report.acknowledge('pomoc-spoleczna', today),
  forward: (report: NeedReport) => report.forward(applicationId, today),
  dismiss: (report: NeedReport) => report.dismiss('REPORTED_BEFORE', today),
};
type Act = keyof typeof acts;
const after = (...done: Act[]): NeedReport => {
  const report = filed();
  for (const act of done) acts[act](report);
  return report;
};

describe('a need report', () => {
  it('tells nothing of what it says', () => {
    expect(told(filed().filed())).toEqual([
      'catalogue.need-report.filed.v1',
      { terc: '2861011', reportedBy: 'NEIGHBOUR' },
      '2861011',
    ]);
    expect(told(NeedReport.file(id, { terc: '2861011' }, sealed, today).filed())).toEqual([
      'catalogue.need-report.filed.v1',
      { terc: '2861011' },
      '2861011',
    ]);
  });

  it('is acknowledged, and an application comes of it', () => {
    const report = filed();
    expect(told(acts.acknowledge(report))).toEqual([
      'catalogue.need-report.acknowledged.v1',
      { area: 'pomoc-spoleczna' },
      '2861011',
    ]);
    expect(told(acts.forward(report))).toEqual(['catalogue.need-report.forwarded.v1', { applicationId }, '2861011']);
  });

  it('is settled by an application that says it came of it, also before anybody has looked at it, and only once', () => {
    for (const report of [after(), after('acknowledge')]) {
      expect(told(report.turnIntoApplication(applicationId, today))).toEqual([
        'catalogue.need-report.forwarded.v1',
        { applicationId },
        '2861011',
      ]);
      expect(report.isSettled).toBe(true);
      expect(() => report.turnIntoApplication(applicationId, today)).toThrow(
        expect.objectContaining({ code: 'wrong-state' }),
      );
    }
    expect(() => after('dismiss').turnIntoApplication(applicationId, today)).toThrow(
      expect.objectContaining({ code: 'wrong-state' }),
    );
  });

  it('is dismissed with a reason', () => {
    expect(told(acts.dismiss(filed()))).toEqual([
      'catalogue.need-report.dismissed.v1',
      { reasonCode: 'REPORTED_BEFORE' },
      '2861011',
    ]);
  });

  it.each<[Act[], Act[]]>([
    [[], ['acknowledge', 'dismiss']],
    [['acknowledge'], ['forward', 'dismiss']],
    [['acknowledge', 'forward'], []],
    [['dismiss'], []],
    [['acknowledge', 'dismiss'], []],
  ])('after %j takes only %j', (done, allowed) => {
    for (const act of Object.keys(acts) as Act[]) {
      const attempt = (): unknown => acts[act](after(...done));
      if (allowed.includes(act)) expect(attempt).not.toThrow();
      else expect(attempt).toThrow(expect.objectContaining({ kind: 'conflict', code: 'wrong-state' }));
    }
  });

  it('forgets its words once, and only when it is settled', () => {
    for (const open of [after(), after('acknowledge')])
      expect(() => open.erase('REQUEST', today)).toThrow(expect.objectContaining({ code: 'need-report-open' }));
    const report = after('dismiss');
    expect(told(report.erase('RETENTION', today))).toEqual([
      'catalogue.need-report.erased.v1',
      { reasonCode: 'RETENTION' },
      '2861011',
    ]);
    expect(report.isErased).toBe(true);
    expect(() => report.erase('REQUEST', today)).toThrow(expect.objectContaining({ code: 'wrong-state' }));
  });
});
