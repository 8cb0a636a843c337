import type { PersonMergedV1 } from '@okienko/contracts/cases/person-merged.v1';
import type { EventName } from '@okienko/contracts/event';
import { factsIn, type LetterFacts } from '../templates/letter-facts';

/** Which fact is worth a message, and which text it is told with. */
export const messageRules = {
  'cases.application.submitted.v1': 'application-received',
  'cases.application.completion-requested.v1': 'completion-requested',
  'cases.application.forwarded.v1': 'application-forwarded',
  'cases.waiting-list-entry.place-offered.v1': 'place-offered',
  'cases.needs-recognition.scheduled.v1': 'talk-arranged',
  'cases.application.qualified.v1': 'application-qualified',
  'cases.plan.approved.v1': 'plan-approved',
  'cases.allocation.accepted.v1': 'help-arranged',
  'cases.allocation.accepted.v2': 'help-arranged',
  'cases.plan.ended.v1': 'plan-ended',
  'cases.plan.closed.v1': 'plan-closed',
  'cases.fee.overdue.v1': 'fee-overdue',
} as const satisfies Partial<Record<EventName, string>>;

export type Template = (typeof messageRules)[keyof typeof messageRules];
export const templates: readonly Template[] = [...new Set(Object.values(messageRules))];

export type { LetterFacts };

export interface Announcement {
  readonly personId: string;
  readonly template: Template;
  readonly facts: LetterFacts;
  /** The aggregate that the event is about. */
  readonly matterId: string;
}

interface PersonalFact {
  readonly personId: string;
  /** Taken over from a predecessor’s system: the person heard of it there. */
  readonly imported?: boolean;
}

/** What the event means for the person's letter box, if anything. */
export function announcementOf(name: string, subject: string, data: unknown): Announcement | undefined {
  if (!isAnnounced(name)) return undefined;
  const { personId, imported } = data as PersonalFact;
  if (imported) return undefined;
  return {
    personId: personId.toLowerCase(),
    template: messageRules[name],
    matterId: subject.toLowerCase(),
    facts: factsIn(data),
  };
}

/** Whose letter box falls silent, or opens again because the record of the death was wrong. */
export interface Silence {
  readonly personId: string;
  readonly isLifted: boolean;
  /** Said of the person's own record: the end of a plan tells of the death too, and may come late. */
  readonly isOfRecord: boolean;
}

/** Nobody writes to the dead: everything after it stays silent. */
export function silenceOf(name: string, subject: string, data: unknown): Silence | undefined {
  const { personId, reason } = data as { personId?: string; reason?: string };
  const ofRecord = { personId: subject.toLowerCase(), isOfRecord: true };
  if (name === 'cases.person.died.v1') return { ...ofRecord, isLifted: false };
  if (name === 'cases.person.death-corrected.v1') return { ...ofRecord, isLifted: true };
  if (name !== 'cases.plan.ended.v1' || reason !== 'DEATH' || personId === undefined) return undefined;
  return { personId: personId.toLowerCase(), isOfRecord: false, isLifted: false };
}

/** Two records are of one person, or no longer: then nobody goes on in place of the duplicate. */
export interface Merge {
  readonly duplicateId: string;
  readonly survivorId: string | null;
}

/** Both records state it; what the duplicate's own states counts, so it comes in order. */
export function mergeOf(name: string, subject: string, data: unknown): Merge | undefined {
  if (name !== 'cases.person.merged.v1' && name !== 'cases.person.merge-reversed.v1') return undefined;
  const { duplicateId, survivorId } = data as PersonMergedV1;
  if (duplicateId.toLowerCase() !== subject.toLowerCase()) return undefined;
  const isMerged = name === 'cases.person.merged.v1';
  return { duplicateId: duplicateId.toLowerCase(), survivorId: isMerged ? survivorId.toLowerCase() : null };
}

export const isAnnounced = (name: string): name is keyof typeof messageRules => Object.hasOwn(messageRules, name);
