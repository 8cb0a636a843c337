import { personContactChangedV1 } from '@okienko/contracts/cases/person-contact-changed.v1';
import { personErasedV1 } from '@okienko/contracts/cases/person-erased.v1';
import type { PersonMergedV1 } from '@okienko/contracts/cases/person-merged.v1';
import { personRestrictedV1 } from '@okienko/contracts/cases/person-restricted.v1';
import { personRestrictionLiftedV1 } from '@okienko/contracts/cases/person-restriction-lifted.v1';
import { aggregateOf, type CloudEvent, nameOf } from '@okienko/contracts/event';
import type { Condition } from '../rules/rule';

export type { LetterFacts } from '../templates/letter-facts';

/** Code of a text. */
export type Template = string;

type Data = Readonly<Record<string, unknown>>;

/** Whom the event concerns, if anybody. */
export function personOf(name: string, subject: string, data: unknown): string | undefined {
  const { personId } = data as Data;
  if (typeof personId === 'string') return personId.toLowerCase();
  return aggregateOf(name) === 'person' ? subject.toLowerCase() : undefined;
}

/** The wider matters that what the event is about belongs to. */
export const partOf = (data: unknown): string[] =>
  ['applicationId', 'itemId', 'planId'].flatMap((field) => {
    const id = (data as Data)[field];
    return typeof id === 'string' ? [id.toLowerCase()] : [];
  });

/** Taken over from a predecessor’s system: whoever it concerns heard of it there. */
export const isImported = (data: unknown): boolean => (data as Data)['imported'] === true;

export const holds = (condition: Condition | undefined, data: unknown): boolean =>
  !condition || condition.in.includes(String((data as Data)[condition.field]));

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

/** What the person no longer wants: one service of an application, or a draft of a plan without the person's agreement. */
export interface Withdrawal {
  readonly personId: string;
  readonly matterId: string;
  /** The application that a service belongs to: it has ended too once nothing of it is left. */
  readonly applicationId?: string;
}

export function withdrawalOf(name: string, subject: string, data: unknown): Withdrawal | undefined {
  const { personId, itemId } = data as { personId: string; itemId: string };
  if (name === 'cases.application.withdrawn.v1')
    return {
      personId: personId.toLowerCase(),
      matterId: itemId.toLowerCase(),
      applicationId: subject.toLowerCase(),
    };
  if (name !== 'cases.plan.abandoned.v1') return undefined;
  return { personId: personId.toLowerCase(), matterId: subject.toLowerCase() };
}

const heardByAll = new Set<string>([personErasedV1.$id, personRestrictedV1.$id, personRestrictionLiftedV1.$id]);

/**
 * What is told of one person is nothing to what is told of another, and may be written side by side with it; but not what changes how
 * others are told: deaths, merged records, representatives, withdrawals and the like; nor what is of nobody, which others may build on (a
 * partner hears of a programme before its offers). What waits for the contact details of several is written by whichever come last.
 */
export function strandOf({ type, subject, data }: CloudEvent): string | undefined {
  const name = nameOf(type) ?? '';
  if (name === personContactChangedV1.$id) return subject.toLowerCase();
  const isForAll =
    heardByAll.has(name) ||
    aggregateOf(name) === 'representation' ||
    [silenceOf, mergeOf, withdrawalOf].some((said) => said(name, subject, data) !== undefined);
  return isForAll ? undefined : personOf(name, subject, data)?.toLowerCase();
}
