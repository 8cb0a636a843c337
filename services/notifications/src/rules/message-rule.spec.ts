import { NotInState } from '@okienko/contracts/domain-error';
import type { Audience } from '../messages/message';
import { heardEvents } from './heard-events';
import { MessageRule, RuleBeginsInThePast, settlingTime } from './message-rule';
import { noticeOf } from './notice-of-rule';
import type { RuleContent } from './rule';
import { assertSound, RuleUnsound } from './sound-rule';

const now = new Date('2026-03-02T08:00:00Z');
const sound: RuleContent = {
  events: ['cases.plan.approved.v1'],
  audience: 'PERSON',
  standing: 'INFORMATIVE',
  template: 'plan-approved',
  channels: ['EMAIL', 'LETTER'],
  delayMinutes: 0,
  digest: 'NONE',
  stopsOn: ['DEATH'],
  needsProof: false,
  isQuiet: true,
};
const decision = { reason: 'Tak wolą mieszkańcy.', by: 'organiser-ewa', at: now };
const made = () => MessageRule.make('0197a000-0000-7000-8000-000000000050', 'plan-approved', sound, decision, []);
const atOnce = new Date(now.getTime() + settlingTime);

describe('a rule of messages', () => {
  it('is made with its first edition, in force as soon as every replica knows it', () => {
    const rule = made();
    expect(rule.decided).toEqual({ edition: 1, inForceFrom: atOnce, isOn: true, content: sound });
    expect(rule.changed('organiser-ewa')).toMatchObject({
      contract: { $id: 'notifications.rule.changed.v1' },
      data: {
        code: 'plan-approved',
        edition: 1,
        inForceFrom: atOnce.toISOString(),
        audience: 'PERSON',
        standing: 'INFORMATIVE',
        template: 'plan-approved',
        decidedBy: 'organiser-ewa',
      },
    });
  });

  it('changes from a moment to come, never from one that has passed', () => {
    const rule = made();
    const later = new Date('2026-04-01T00:00:00Z');
    rule.change({ ...sound, channels: ['LETTER'] }, { ...decision, inForceFrom: later }, []);
    expect(rule.decided).toMatchObject({ edition: 2, inForceFrom: later, content: { channels: ['LETTER'] } });
    rule.change(sound, { ...decision, inForceFrom: now }, []);
    expect(rule.decided).toMatchObject({ edition: 3, inForceFrom: atOnce });
    const past = { ...decision, inForceFrom: new Date(now.getTime() - 1) };
    expect(() => rule.change(sound, past, [])).toThrow(RuleBeginsInThePast);
    expect(rule.decided.edition).toBe(3);
  });

  it('is switched off once, and on again by a new edition', () => {
    const rule = made();
    rule.switchOff(decision);
    expect(rule.decided).toMatchObject({ edition: 2, isOn: false, content: sound });
    expect(rule.switchedOff('director-maria').data).toEqual({
      code: 'plan-approved',
      edition: 2,
      inForceFrom: atOnce.toISOString(),
      decidedBy: 'director-maria',
    });
    expect(() => rule.switchOff(decision)).toThrow(NotInState);
    rule.change(sound, decision, []);
    expect(rule.decided.isOn).toBe(true);
  });
});

const pointersOf = (rule: Partial<RuleContent>, facts: readonly string[] | undefined = []): string[] => {
  try {
    assertSound({ ...sound, ...rule }, facts);
    return [];
  } catch (error) {
    return (error as RuleUnsound).errors.map(({ pointer }) => pointer);
  }
};
const ofStaff = { audience: 'ORGANISER', channels: [] } as const;

describe('a sound rule', () => {
  it.each<[string, Partial<RuleContent>]>([
    ['is about several events', { events: ['cases.allocation.accepted.v1', 'cases.allocation.accepted.v2'] }],
    ['is about an event that partners do not get', { events: ['cases.fee.overdue.v1'] }],
    ['is about the record of a person', { events: ['cases.person.departed.v1'] }],
    ['asks for a code', { events: ['cases.plan.ended.v1'], when: { field: 'reason', in: ['RESIGNATION'] } }],
    ['asks for a yes', { events: ['cases.application.submitted.v1'], when: { field: 'imported', in: ['false'] } }],
    ['proves a receipt', { standing: 'LEGAL', needsProof: true, channels: ['EDORECZENIA', 'LETTER'] }],
    ['tells providers', { events: ['providers.settlement.returned.v1'], audience: 'PROVIDER', channels: [] }],
    ['tells the organiser of what concerns nobody', { ...ofStaff, events: ['catalogue.programme.ended.v1'] }],
    ['gathers the news of the day', { digest: 'DAILY', template: 'digest-of-day' }],
  ])('%s', (_, rule) => expect(pointersOf(rule)).toEqual([]));

  it.each<[string, Partial<RuleContent>, string[]]>([
    ['an event that does not exist', { events: ['cases.plan.imagined.v1'] }, ['/rule/events/0']],
    ['sealed contact details', { events: ['cases.person-contact.changed.v1'] }, ['/rule/events/0']],
    ['what messages themselves tell', { events: ['notifications.message.sent.v2'] }, ['/rule/events/0']],
    ['an event that names no person', { events: ['catalogue.programme.ended.v1'] }, ['/rule/events/0']],
    ['an event without provider', { audience: 'PROVIDER', channels: [] }, ['/rule/events/0']],
    ['a field that is not there', { when: { field: 'reason', in: ['DEATH'] } }, ['/rule/when/field']],
    ['a field with somebody’s id', { when: { field: 'personId', in: ['x'] } }, ['/rule/when/field']],
    [
      'a value that never comes',
      { events: ['cases.plan.ended.v1'], when: { field: 'reason', in: ['BOREDOM'] } },
      ['/rule/when/in'],
    ],
    ['a proof by SMS', { standing: 'LEGAL', needsProof: true, channels: ['SMS', 'LETTER'] }, ['/rule/channels']],
    ['a proof of a kindness', { needsProof: true, channels: ['LETTER'] }, ['/rule/needsProof']],
    ['no way', { channels: [] }, ['/rule/channels']],
    ['ways to staff', { ...ofStaff, channels: ['EMAIL'] }, ['/rule/channels']],
    ['a notice whose code is a number', { ...ofStaff, template: '112' }, ['/rule/template']],
    ['extras without a person to consent', { ...ofStaff, standing: 'EXTRA' }, ['/rule/standing']],
    [
      'a digest of what the law wants told',
      { digest: 'DAILY', template: 'digest-of-day', standing: 'LEGAL' },
      ['/rule/digest'],
    ],
    ['a digest in the words of one event', { digest: 'DAILY' }, ['/rule/template']],
    ['letters to the dead', { stopsOn: ['WITHDRAWAL'] }, ['/rule/stopsOn']],
  ])('is not one with %s', (_, rule, pointers) => expect(pointersOf(rule)).toEqual(pointers));

  it('has a text, and events that tell what it says', () => {
    expect(() => assertSound(sound, undefined)).toThrow(RuleUnsound);
    expect(pointersOf({}, ['scheduledFor'])).toEqual(['/rule/template']);
    expect(pointersOf({ events: ['cases.needs-recognition.scheduled.v1'] }, ['scheduledFor', 'place'])).toEqual([]);
  });

  it('may be about more than two hundred events', () => expect(heardEvents.length).toBeGreaterThan(150));
});

describe('a notice by a rule', () => {
  const heard = (type: string, data: object) => ({ id: 'cause', type: `pl.okienko.${type}`, subject: 'MATTER', data });
  const notice = (audience: Audience, type: string, data: object, standing: RuleContent['standing'] = 'INFORMATIVE') =>
    noticeOf({ ...sound, audience, standing, template: 'look-here' }, heard(type, data), 'person');

  it('goes to the account that the event names, else to everybody in the role', () => {
    const assigned = notice('COORDINATOR', 'cases.application.coordinator-assigned.v1', { coordinator: 'kipus-ewa' });
    expect(assigned).toEqual({
      causeId: 'cause',
      matterId: 'matter',
      personId: 'person',
      to: { sub: 'kipus-ewa' },
      kind: 'NOTICE',
      code: 'LOOK_HERE',
    });
    const moved = notice('COORDINATOR', 'cases.plan.coordinator-reassigned.v1', { from: 'kipus-1', to: 'kipus-2' });
    expect(moved?.to).toEqual({ sub: 'kipus-2' });
    expect(notice('COORDINATOR', 'cases.plan.ended.v1', {})?.to).toEqual({ role: 'coordinator' });
    expect(notice('ORGANISER', 'cases.plan.ended.v1', {})?.to).toEqual({ role: 'services-organiser' });
    expect(notice('PROVIDER', 'providers.settlement.paid.v1', { providerId: 'p' })?.to).toEqual({ providerId: 'p' });
    expect(notice('PROVIDER', 'providers.settlement.paid.v1', {})).toBeUndefined();
  });

  it('is a task where the law wants it told, due at the end of the day that the event names', () => {
    const facts = { dueOn: '2026-03-02' };
    expect(notice('ORGANISER', 'cases.deadline.missed.v1', facts, 'LEGAL')).toMatchObject({
      kind: 'TASK',
      dueAt: new Date('2026-03-02T23:00:00Z'),
    });
    expect(notice('ORGANISER', 'cases.deadline.missed.v1', facts)).not.toHaveProperty('dueAt');
  });
});
