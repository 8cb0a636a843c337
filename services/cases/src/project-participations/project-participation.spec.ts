import { NotInState } from '@okienko/contracts/domain-error';
import { DayInTheFuture } from '../plans/plan-errors';
import { StatementNotInForce } from '../projects/participation-statements';
import { OutsideProjectPeriod, TerminatedBeforeDeclared } from './participation-errors';
import { type Declaration, ProjectParticipation } from './project-participation';

const today = '2026-03-02';
const project = { runsOn: (day: string): boolean => day >= '2021-01-01' && day !== '2026-01-01' };

function start(more: Partial<Declaration> = {}): ProjectParticipation {
  const declaration = {
    projectId: 'project',
    personId: 'person',
    applicationId: null,
    terc: '2861011',
    declaredOn: '2026-02-02',
    statementVersion: '2021-07-01',
    indicators: Buffer.from('sealed'),
    ...more,
  };
  return ProjectParticipation.start('participation', 'main', declaration, project, 'desk-anna', today);
}

describe('a participation in a project', () => {
  it('begins within the project, under the statement of that day', () => {
    expect(start({ applicationId: 'application' }).started().data).toEqual({
      projectId: 'project',
      personId: 'person',
      applicationId: 'application',
      declaredOn: '2026-02-02',
    });
    expect(start().started().data).not.toHaveProperty('applicationId');
    expect(() => start({ declaredOn: '2026-03-03' })).toThrow(DayInTheFuture);
    expect(() => start({ declaredOn: '2026-01-01' })).toThrow(OutsideProjectPeriod);
    expect(() => start({ declaredOn: '2021-06-30' })).toThrow(StatementNotInForce);
    expect(() => start({ statementVersion: '2020-01-01' })).toThrow(StatementNotInForce);
  });

  it('is terminated once, on a day that has come and is not before its beginning', () => {
    const participation = start();
    expect(() => participation.terminate('2026-03-03', 'RESIGNED', today)).toThrow(DayInTheFuture);
    expect(() => participation.terminate('2026-02-01', 'RESIGNED', today)).toThrow(TerminatedBeforeDeclared);
    participation.terminate('2026-02-02', 'RESIGNED', today);
    expect(() => participation.terminate(today, 'RESIGNED', today)).toThrow(NotInState);
  });

  it('asks about the day of the declaration, and once it has ended about that day', () => {
    const participation = start();
    expect(participation.dayOf('ENTRY')).toBe('2026-02-02');
    expect(() => participation.dayOf('EXIT')).toThrow(NotInState);
    participation.terminate(today, 'COMPLETED', today);
    expect(participation.dayOf('ENTRY')).toBe('2026-02-02');
    expect(participation.dayOf('FOUR_WEEKS_AFTER')).toBe(today);
  });
});
