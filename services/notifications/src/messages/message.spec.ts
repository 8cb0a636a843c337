import { NotInState } from '@okienko/contracts/domain-error';
import { Message, type Standing } from './message';

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

  it.each([
    ['LEGAL', 'UNREACHABLE', true],
    ['INFORMATIVE', 'NO_ADDRESS', true],
    ['EXTRA', 'UNREACHABLE', false],
    ['LEGAL', 'RECIPIENT_DIED', false],
    ['INFORMATIVE', 'MATTER_WITHDRAWN', false],
    ['EXTRA', 'CONSENT_ENDED', false],
  ] as const)('%s that was given up as %s: is it left to staff? %s', (standing: Standing, reason, isLeft) => {
    const message = Message.queue('0197a000-0000-7000-8000-000000000020', { ...order, standing }, null, now, now);
    expect(message.isLeftToStaff).toBe(false);
    message.giveUp(reason, now);
    expect(message.isLeftToStaff).toBe(isLeft);
  });
});
