import type { Day } from '@okienko/contracts/calendar';
import type { Work } from '@okienko/messaging/unit-of-work';
import { dropDeadlines, startDeadline } from '../deadlines/deadlines';
import { recordsOf } from '../persons/standing';
import type { Project } from '../projects/project';
import { clockFrom } from '../terms/clocks';
import { ProjectParticipation, type TerminationReason } from './project-participation';

/** Ends it, and starts the clock of what has to be asked four weeks later, where the project asks anything then and there is somebody to ask. */
export async function endParticipation(
  work: Work,
  participation: ProjectParticipation,
  project: Project,
  { on, reasonCode, today }: { readonly on: Day; readonly reasonCode: TerminationReason; readonly today: Day },
): Promise<void> {
  participation.terminate(on, reasonCode, today);
  await work.save(participation, participation.terminated(on, reasonCode));
  if (reasonCode === 'DIED' || project.asks('FOUR_WEEKS_AFTER', on).length === 0) return;
  const { id: subjectId, applicationId, personId, unit, terc, startedBy: assignee } = participation;
  const about = { subjectId, ...(applicationId && { applicationId }), personId, unit, terc, assignee };
  startDeadline(work, { kind: 'LATER_INDICATORS', awaited: 'CENTRE', ...about, ...clockFrom('LATER_INDICATORS', on) });
}

/** Nobody takes part, or is asked, any longer. The person is locked; the participations are, in the order of their ids. */
export async function endParticipationsByDeath(work: Work, personId: string, diedOn: Day): Promise<string[]> {
  const theirs = `select id from project_participation where person_id in (${recordsOf.replace('?', '$1')}) order by id`;
  const ended: string[] = [];
  for (const { id } of await work.query<{ id: string }>(theirs, [personId])) {
    dropDeadlines(work, id, 'LATER_INDICATORS');
    const participation = await work.load(ProjectParticipation, id);
    if (!participation.isRunning) continue;
    const on = participation.endByDeath(diedOn);
    await work.save(participation, participation.terminated(on, 'DIED'));
    ended.push(id);
  }
  return ended;
}
