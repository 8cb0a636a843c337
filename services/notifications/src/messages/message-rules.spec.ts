import { announcementOf } from './message-rules';

describe('an announcement', () => {
  const matterId = '0197a000-0000-7000-8000-000000000001';
  const submitted = (more: object): unknown =>
    announcementOf('cases.application.submitted.v1', matterId, {
      personId: '0197A000-0000-7000-8000-000000000003',
      ...more,
    });

  it('is made of what happens here, and not of what was taken over from a predecessor', () => {
    const letter = {
      personId: '0197a000-0000-7000-8000-000000000003',
      template: 'application-received',
      facts: {},
      matterId,
    };
    expect(submitted({})).toEqual(letter);
    expect(submitted({ imported: false })).toEqual(letter);
    expect(submitted({ imported: true })).toBeUndefined();
  });
});
