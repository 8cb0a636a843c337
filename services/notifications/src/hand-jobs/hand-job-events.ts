import type { Day } from '@okienko/contracts/calendar';
import { type DomainEvent, event } from '@okienko/contracts/event';
import { handJobCancelledV1 } from '@okienko/contracts/notifications/hand-job-cancelled.v1';
import { handJobDoneV1 } from '@okienko/contracts/notifications/hand-job-done.v1';
import { handJobGivenBackV1 } from '@okienko/contracts/notifications/hand-job-given-back.v1';
import { handJobNoticeLeftV1 } from '@okienko/contracts/notifications/hand-job-notice-left.v1';
import { handJobPutV1 } from '@okienko/contracts/notifications/hand-job-put.v1';
import { handJobReceivedV1 } from '@okienko/contracts/notifications/hand-job-received.v1';
import { handJobReturnedV1 } from '@okienko/contracts/notifications/hand-job-returned.v1';
import { handJobTakenV1 } from '@okienko/contracts/notifications/hand-job-taken.v1';
import type { HandJob, ReceiptBasis } from './hand-job';

/** The facts about a hand job, as others hear of them. */
export const wasPut = (job: HandJob): DomainEvent => event(handJobPutV1, job.id, { ...about(job), dueOn: job.dueOn });
export const wasTaken = (job: HandJob, takenBy: string): DomainEvent =>
  event(handJobTakenV1, job.id, { ...about(job), takenBy });
export const wasGivenBack = (job: HandJob): DomainEvent => event(handJobGivenBackV1, job.id, about(job));
export const wasDone = (job: HandJob, dispatchedOn: Day): DomainEvent =>
  event(handJobDoneV1, job.id, { ...about(job), dispatchedOn });
export const noticeWasLeft = (job: HandJob, noticeLeftOn: Day): DomainEvent =>
  event(handJobNoticeLeftV1, job.id, { ...about(job), noticeLeftOn });
export const wasReceived = (job: HandJob, receivedOn: Day, basis: ReceiptBasis): DomainEvent =>
  event(handJobReceivedV1, job.id, { ...about(job), receivedOn, basis });
export const wasReturned = (job: HandJob, returnedOn: Day, reasonCode: string): DomainEvent =>
  event(handJobReturnedV1, job.id, { ...about(job), returnedOn, reasonCode });
export const wasCancelled = (job: HandJob, reasonCode: string): DomainEvent =>
  event(handJobCancelledV1, job.id, { ...about(job), reasonCode });

const about = ({ messageId, personId, channel }: HandJob) => ({ messageId, personId, channel });
