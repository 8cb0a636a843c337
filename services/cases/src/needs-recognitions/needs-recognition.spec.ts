import { NeedsRecognition, NothingToRecognise } from './needs-recognition';

const application = { id: 'application', unit: 'main', terc: '2861011', personId: 'person', isOpen: true };
const at = new Date('2026-03-02T09:00:00Z');
const scheduled = () => NeedsRecognition.schedule('recognition', application, at, 'CENTRE');

describe('a needs recognition', () => {
  it('says when and where the talk is', () => {
    expect(scheduled().scheduled().data).toEqual({
      applicationId: 'application',
      personId: 'person',
      scheduledFor: at.toISOString(),
      place: 'CENTRE',
    });
  });

  it('is recorded once', () => {
    const recognition = scheduled();
    expect(() => recognition.recorded()).toThrow('SCHEDULED');
    recognition.record(Buffer.from('ciphertext'), 'kipus', at);
    expect(recognition.recorded().data).toEqual({
      applicationId: 'application',
      personId: 'person',
      recordedAt: at.toISOString(),
    });
    expect(() => recognition.record(Buffer.from('other'), 'kipus', at)).toThrow('RECORDED');
  });

  it('is not arranged when nothing is wanted any more', () => {
    expect(() => NeedsRecognition.schedule('x', { ...application, isOpen: false }, at, 'CENTRE')).toThrow(
      NothingToRecognise,
    );
  });
});
