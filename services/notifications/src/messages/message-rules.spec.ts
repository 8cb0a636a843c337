import type { CloudEvent } from '@okienko/contracts/event';
import { holds, isImported, partOf, personOf, silenceOf, strandOf, withdrawalOf } from './message-rules';

const personId = '0197a000-0000-7000-8000-000000000003';
const matterId = '0197a000-0000-7000-8000-000000000001';
const itemId = '0197a000-0000-7000-8000-000000000005';

describe('an event', () => {
  it('concerns the person whom it names, or whose record it is about', () => {
    expect(personOf('cases.plan.approved.v1', matterId, { personId: personId.toUpperCase() })).toBe(personId);
    expect(personOf('cases.person.departed.v1', personId, {})).toBe(personId);
    expect(personOf('providers.settlement.paid.v1', matterId, {})).toBeUndefined();
  });

  it('belongs to the wider matters that it names', () => {
    expect(partOf({ applicationId: matterId, itemId, offerId: personId })).toEqual([matterId, itemId]);
    expect(partOf({})).toEqual([]);
  });

  it('is no news where it was taken over from a predecessor', () => {
    expect(isImported({ imported: true })).toBe(true);
    expect(isImported({ imported: false })).toBe(false);
    expect(isImported({})).toBe(false);
  });

  it('meets a condition by its code, or by its yes or no', () => {
    const condition = { field: 'reason', in: ['DEATH', 'RESIGNATION'] };
    expect(holds(condition, { reason: 'DEATH' })).toBe(true);
    expect(holds(condition, { reason: 'PERIOD_OVER' })).toBe(false);
    expect(holds(condition, {})).toBe(false);
    expect(holds({ field: 'imported', in: ['false'] }, { imported: false })).toBe(true);
    expect(holds(undefined, {})).toBe(true);
  });

  it('tells who falls silent, and whose death was recorded wrongly', () => {
    const ofRecord = { personId, isOfRecord: true };
    expect(silenceOf('cases.person.died.v1', personId, {})).toEqual({ ...ofRecord, isLifted: false });
    expect(silenceOf('cases.person.death-corrected.v1', personId, {})).toEqual({ ...ofRecord, isLifted: true });
    const ended = (reason: string) => silenceOf('cases.plan.ended.v1', matterId, { personId, reason });
    expect(ended('DEATH')).toEqual({ personId, isOfRecord: false, isLifted: false });
    expect(ended('PERIOD_OVER')).toBeUndefined();
  });

  it('tells what the person no longer wants', () => {
    expect(withdrawalOf('cases.application.withdrawn.v1', matterId, { personId, itemId })).toEqual({
      personId,
      matterId: itemId,
      applicationId: matterId,
    });
    expect(withdrawalOf('cases.plan.abandoned.v1', matterId, { personId })).toEqual({ personId, matterId });
    expect(withdrawalOf('cases.plan.ended.v1', matterId, { personId, itemId })).toBeUndefined();
  });
});

describe('the strand of an event', () => {
  const strand = (name: string, subject: string, data: object): string | undefined =>
    strandOf({ type: `pl.okienko.${name}`, subject, data } as CloudEvent);

  it.each([
    ['cases.plan.approved.v1', matterId, { personId: personId.toUpperCase() }],
    ['cases.plan.ended.v1', matterId, { personId, reason: 'RESIGNATION' }],
    ['cases.person.departed.v1', personId.toUpperCase(), {}],
    ['cases.person-contact.changed.v1', personId.toUpperCase(), { recipient: 'sealed' }],
    // What the survivor's own record says of it counts for nothing.
    ['cases.person.merged.v1', personId, { survivorId: personId, duplicateId: itemId }],
  ])('is the person that it is about: %s', (name, subject, data) => {
    expect(strand(name, subject, data)).toBe(personId);
  });

  it.each([
    ['cases.person.died.v1', personId, {}],
    ['cases.person.death-corrected.v1', personId, {}],
    ['cases.plan.ended.v1', matterId, { personId, reason: 'DEATH' }],
    ['cases.person.merged.v1', itemId, { survivorId: personId, duplicateId: itemId }],
    ['cases.person.merge-reversed.v1', itemId, { survivorId: personId, duplicateId: itemId }],
    ['cases.person.erased.v1', personId, {}],
    ['cases.person.restricted.v1', personId, {}],
    ['cases.person.restriction-lifted.v1', personId, {}],
    ['cases.representation.recorded.v1', matterId, { personId }],
    ['cases.representation.ended.v1', matterId, { personId }],
    ['cases.application.withdrawn.v1', matterId, { personId, itemId }],
    ['cases.plan.abandoned.v1', matterId, { personId }],
    ['catalogue.programme.opened.v1', matterId, {}],
  ])('is none where it changes how others are told, or is of nobody: %s', (name, subject, data) => {
    expect(strand(name, subject, data)).toBeUndefined();
  });
});
