import { Application } from './application';
import {
  CallDateWrong,
  callForCompletion,
  complete,
  CompletionTermRuns,
  CompletionTermTooShort,
  leaveUnexamined,
  serveCompletionCall,
} from './completion-call';

const called = '2026-03-02';
const missing = Buffer.from('sealed');
const item = (id: string) =>
  ({ id, offerId: `offer-${id}`, programmeId: 'p', serviceCode: 's', state: 'SUBMITTED' }) as const;

function filed(): Application {
  const at = new Date('2026-03-01T09:00:00Z');
  const filing = { personId: 'person', applicantRole: 'PERSON', channel: 'DESK', filedAt: at } as const;
  const more = { clauseVersion: '2020-01-01', terc: '2861011', items: [item('a'), item('b')] };
  return Application.file('application', 'main', { ...filing, ...more }, 'desk', at);
}

function incomplete(): Application {
  const application = filed();
  callForCompletion(application, 7, missing, called);
  return application;
}

describe('a call for completion', () => {
  it('takes in what is not decided, and tells nothing of what is missing', () => {
    const application = filed();
    application.qualify('a', 1, { number: 'KU/main/1/2026', qualifiedOn: '2026-03-02', grantedUntil: '2026-12-31' });
    expect(callForCompletion(application, 10, missing, called).data).toEqual({
      personId: 'person',
      itemIds: ['b'],
      calledOn: called,
      dueDays: 10,
    });
    expect([application.item('a').state, application.item('b').state]).toEqual(['QUALIFIED', 'INCOMPLETE']);
    expect(application.missing).toBe(missing);
  });

  it('gives seven days at least', () =>
    expect(() => callForCompletion(filed(), 6, missing, called)).toThrow(CompletionTermTooShort));

  it('runs from its service, whose day can be put right', () => {
    const application = incomplete();
    expect(serveCompletionCall(application, '2026-03-04', '2026-03-09').data).toMatchObject({ dueOn: '2026-03-11' });
    expect(serveCompletionCall(application, '2026-03-05', '2026-03-09').data).toMatchObject({ dueOn: '2026-03-12' });
    for (const day of ['2026-03-01', '2026-03-10'])
      expect(() => serveCompletionCall(application, day, '2026-03-09')).toThrow(CallDateWrong);
  });

  it('is answered, be it late, and the time that it took is noted', () => {
    const application = incomplete();
    serveCompletionCall(application, '2026-03-04', '2026-03-20');
    expect(complete(application, '2026-03-19', '2026-03-20').data).toMatchObject({ itemIds: ['a', 'b'] });
    expect(application.delays).toEqual([{ from: '2026-03-04', to: '2026-03-19', causeCode: 'COMPLETION_CALL' }]);
    expect(application.state).toBe('SUBMITTED');
    expect(() => complete(application, '2026-03-20', '2026-03-20')).toThrow(
      expect.objectContaining({ code: 'wrong-state' }),
    );
  });

  it('leaves the application unexamined after its term only, and never before it was served', () => {
    const application = incomplete();
    expect(() => leaveUnexamined(application, '2027-01-01')).toThrow(CompletionTermRuns);
    serveCompletionCall(application, '2026-03-04', '2026-03-04');
    expect(() => leaveUnexamined(application, '2026-03-11')).toThrow(CompletionTermRuns);
    expect(leaveUnexamined(application, '2026-03-12').map(({ data }) => data.itemId)).toEqual(['a', 'b']);
    expect([application.state, application.isClosed]).toEqual(['LEFT_UNEXAMINED', true]);
  });

  it('can follow another one', () => {
    const application = incomplete();
    serveCompletionCall(application, called, called);
    complete(application, called, called);
    callForCompletion(application, 14, missing, '2026-03-20');
    expect(application.completionCall).toEqual({ calledOn: '2026-03-20', dueDays: 14 });
    expect(() => leaveUnexamined(application, '2026-05-01')).toThrow(CompletionTermRuns);
  });
});
