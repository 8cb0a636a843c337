import type { Work } from '@okienko/messaging/unit-of-work';
import { Notice } from './notice';

/** What a notice asked for has been done, or is no longer wanted: nobody need take charge of it any more. */
export async function settleNotices(work: Work, causeId: string, by: string, now: Date): Promise<void> {
  const open = await work.query<{ id: string }>(
    'select id from notice where cause_id = $1 and acknowledged_at is null order by id for update',
    [causeId],
  );
  for (const { id } of open) {
    const notice = await work.load(Notice, id);
    await work.save(notice, notice.acknowledge(by, now));
  }
}
