import { NotInState } from '@okienko/contracts/domain-error';
import { events } from '@okienko/contracts/events';
import { Message } from './message';
import { announcementOf, messageRules, silenceOf } from './message-rules';

const now = new Date('2026-03-02T08:00:00Z');
const personId = '0197a000-0000-7000-8000-000000000003';
const causeId = '0197a000-0000-7000-8000-000000000014';
const order = {
  causeId,
  personId,
  addresseeId: null,
  rule: 'plan-approved',
  audience: 'PERSON',
  standing: 'INFORMATIVE',
  template: 'plan-approved',
  facts: {},
  matterId: causeId,
  channels: ['EMAIL', 'LETTER'],
} as const;
const about = {
  causeId,
  personId,
  template: 'plan-approved',
  audience: 'PERSON',
  standing: 'INFORMATIVE',
  channel: 'EMAIL',
};
const queued = () => Message.queue('0197a000-0000-7000-8000-000000000020', order, null, now, now);

describe('a message', () => {
  it('is queued with a reference to its cause and nothing personal', () => {
    const message = queued();
    expect(message.queued()).toMatchObject({
      subject: message.id,
      contract: { $id: 'notifications.message.queued.v2' },
      data: about,
    });
    expect(message.isQueued).toBe(true);
  });

  it('is handed over once', () => {
    const message = queued();
    message.handOver(now);
    expect(message.sent().data).toEqual(about);
    expect(message.settledAt).toEqual(now);
    expect(() => message.handOver(now)).toThrow(NotInState);
  });

  it('takes its ways one after the other, also when it turns out late that it did not arrive', () => {
    const message = queued();
    message.handOver(now);
    expect(message.fallBack(now)).toBe(true);
    expect(message).toMatchObject({ channel: 'LETTER', isQueued: true, settledAt: null });
    expect(message.fallBack(now)).toBe(false);
    message.giveUp('UNREACHABLE', now);
    expect(() => message.fallBack(now)).toThrow(NotInState);
  });

  it('says why it was given up', () => {
    const message = queued();
    message.giveUp('NO_ADDRESS', now);
    expect(message.failed().data).toMatchObject({ reasonCode: 'NO_ADDRESS' });
    expect(message.isQueued).toBe(false);
  });
});

describe('the rules of messages', () => {
  it('name only events that exist and tell whom they concern', () => {
    for (const name of Object.keys(messageRules)) {
      const contract = events.find(({ $id }) => $id === name);
      expect(contract?.required).toContain('personId');
    }
  });

  it('take from an event the person, the text, and no more than the text needs', () => {
    const data = { personId, applicationId: causeId, scheduledFor: '2026-03-05T09:00:00Z', place: 'CENTRE' };
    expect(announcementOf('cases.needs-recognition.scheduled.v1', causeId, data)).toEqual({
      personId,
      template: 'talk-arranged',
      matterId: causeId,
      facts: { scheduledFor: '2026-03-05T09:00:00Z', place: 'CENTRE' },
    });
    expect(announcementOf('cases.plan.returned.v1', causeId, data)).toBeUndefined();
    expect(announcementOf('toString', causeId, data)).toBeUndefined();
  });

  it('know who falls silent, and whose death was recorded wrongly', () => {
    const ofRecord = { personId, isOfRecord: true };
    expect(silenceOf('cases.person.died.v1', personId, {})).toEqual({ ...ofRecord, isLifted: false });
    expect(silenceOf('cases.person.death-corrected.v1', personId, {})).toEqual({ ...ofRecord, isLifted: true });
    const ended = (reason: string) => silenceOf('cases.plan.ended.v1', causeId, { personId, reason });
    expect(ended('DEATH')).toEqual({ personId, isOfRecord: false, isLifted: false });
    expect(ended('PERIOD_OVER')).toBeUndefined();
  });
});
