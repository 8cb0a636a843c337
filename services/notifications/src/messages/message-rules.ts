import type { EventName } from '@okienko/contracts/event';

/** Which fact is worth a message, and which text it is told with. */
export const messageRules = {
  'cases.application.submitted.v1': 'application-received',
  'cases.needs-recognition.scheduled.v1': 'talk-arranged',
  'cases.application.qualified.v1': 'application-qualified',
  'cases.plan.approved.v1': 'plan-approved',
  'cases.allocation.accepted.v1': 'help-arranged',
  'cases.allocation.accepted.v2': 'help-arranged',
  'cases.plan.ended.v1': 'plan-ended',
  'cases.plan.closed.v1': 'plan-closed',
} as const satisfies Partial<Record<EventName, string>>;

export type Template = (typeof messageRules)[keyof typeof messageRules];
export const templates: readonly Template[] = [...new Set(Object.values(messageRules))];

/** What a text may mention besides its own words: a moment and a kind of place, never a service or a condition. */
export interface LetterFacts {
  readonly scheduledFor?: string;
  readonly place?: string;
}

export interface Announcement {
  readonly personId: string;
  readonly template: Template;
  readonly facts: LetterFacts;
}

interface PersonalFact extends LetterFacts {
  readonly personId: string;
}

/** What the event means for the person's letter box, if anything. */
export function announcementOf(name: string, data: unknown): Announcement | undefined {
  if (!isAnnounced(name)) return undefined;
  const { personId, scheduledFor, place } = data as PersonalFact;
  return {
    personId: personId.toLowerCase(),
    template: messageRules[name],
    facts: { ...(scheduledFor === undefined ? {} : { scheduledFor }), ...(place === undefined ? {} : { place }) },
  };
}

/** Nobody writes to the dead: the plan's end tells of it, and everything after it stays silent. */
export const tellsOfDeath = (name: string, data: unknown): boolean =>
  name === 'cases.plan.ended.v1' && (data as { reason?: string }).reason === 'DEATH';

const isAnnounced = (name: string): name is keyof typeof messageRules => Object.hasOwn(messageRules, name);
