import { type Day } from '@okienko/contracts/calendar';
import type { Work } from '@okienko/messaging/unit-of-work';
import type { Application } from '../applications/application';
import { startQualificationClock } from '../applications/application-clocks';
import { isUndecided } from '../applications/decided-item';
import { meetDeadline } from '../deadlines/deadlines';
import { clockFrom } from '../terms/clocks';

/** The clock of an application runs while something in it is left to decide; an entry that no list will serve any more is. */
export async function keepQualificationClock(work: Work, application: Application, today: Day): Promise<void> {
  const items = application.askedFor;
  if (items.some(isUndecided)) return void (await startQualification(work, application, today));
  if (items.some(({ state }) => state === 'WAITLISTED') && (await isStranded(work, application))) return;
  meetDeadline(work, 'QUALIFICATION', application.id);
}

async function isStranded(work: Work, { id }: Application): Promise<boolean> {
  const [stranded] = await work.query(
    'select from waiting_list_entry where application_id = $1 and decide_by is not null limit 1',
    [id],
  );
  return stranded !== undefined;
}

/** Something is to be decided, from now on. A clock that runs already comes first. */
export async function startQualification(
  work: Work,
  application: Parameters<typeof startQualificationClock>[1],
  from: Day,
): Promise<Day> {
  const [running] = await work.query(
    `select from deadline where kind = 'QUALIFICATION' and subject_id = $1 and ended_at is null`,
    [application.id],
  );
  return running ? clockFrom('QUALIFICATION', from).dueOn : startQualificationClock(work, application, from);
}
