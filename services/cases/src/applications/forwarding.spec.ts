import { Application } from './application';
import { forward, ForwardingDateWrong, sendForwarded } from './forwarding';

const target = { kind: 'GMINA_UNIT', officeCode: 'ADDICTION_CLINIC' } as const;
const item = (id: string) =>
  ({ id, offerId: `offer-${id}`, programmeId: 'p', serviceCode: 's', state: 'SUBMITTED' }) as const;

function filed(): Application {
  const at = new Date('2026-03-02T09:00:00Z');
  const filing = { personId: 'person', applicantRole: 'PERSON', channel: 'DESK', filedAt: at } as const;
  const more = { clauseVersion: '2020-01-01', terc: '2861011', items: [item('a'), item('b')] };
  return Application.file('application', 'main', { ...filing, ...more }, 'desk', at);
}

describe('forwarding', () => {
  it('is in part, one event for each item, and does not tell to which office', () => {
    const application = filed();
    const facts = forward(application, ['b'], { target, agreedOn: '2026-03-03' }, '2026-03-04');
    expect(facts.map(({ data }) => data)).toEqual([
      { itemId: 'b', personId: 'person', offerId: 'offer-b', targetKind: 'GMINA_UNIT', agreedOn: '2026-03-03' },
    ]);
    expect([application.item('a').state, application.item('b').state, application.state]).toEqual([
      'SUBMITTED',
      'FORWARDED',
      'SUBMITTED',
    ]);
  });

  it('is sent once, with everything that lies here still', () => {
    const application = filed();
    forward(application, ['a'], { target, agreedOn: '2026-03-03', sentOn: '2026-03-03' }, '2026-03-04');
    forward(application, ['b'], { target, agreedOn: '2026-03-04' }, '2026-03-04');
    expect(sendForwarded(application, '2026-03-05', '2026-03-05').data).toEqual({
      personId: 'person',
      itemIds: ['b'],
      sentOn: '2026-03-05',
    });
    expect(application.item('b').forwarding).toEqual({ target, agreedOn: '2026-03-04', sentOn: '2026-03-05' });
    expect(() => sendForwarded(application, '2026-03-05', '2026-03-05')).toThrow(
      expect.objectContaining({ code: 'wrong-state' }),
    );
  });

  it.each([
    ['agreed before the filing', { agreedOn: '2026-03-01' }],
    ['agreed tomorrow', { agreedOn: '2026-03-06' }],
    ['sent before it was agreed', { agreedOn: '2026-03-04', sentOn: '2026-03-03' }],
    ['sent tomorrow', { agreedOn: '2026-03-04', sentOn: '2026-03-06' }],
  ])('cannot have been %s', (_, days) => {
    const application = filed();
    expect(() => forward(application, ['a'], { target, ...days }, '2026-03-05')).toThrow(ForwardingDateWrong);
    expect(application.state).toBe('SUBMITTED');
  });

  it('needs something to forward', () =>
    expect(() => forward(filed(), [], { target, agreedOn: '2026-03-02' }, '2026-03-02')).toThrow(
      expect.objectContaining({ code: 'wrong-state' }),
    ));
});
