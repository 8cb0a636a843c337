import { erasedRecipient, personContactChangedV1 } from '@okienko/contracts/cases/person-contact-changed.v1';
import { personErasedV1 } from '@okienko/contracts/cases/person-erased.v1';
import { subjectOf } from '@okienko/contracts/event';
import { topology } from '@okienko/contracts/streams';

describe('what of an erased person is left on the broker', () => {
  // Subjects name no person, so a stream cannot be purged of one: what is sealed has to be gone by its age.
  it('is a sealed contact for three days at the longest', () => {
    expect(subjectOf(personContactChangedV1)).toBe('sealed.cases.person-contact.changed.v1');
    const { streams } = topology('okienko');
    const sealed = streams.filter(({ subjects }) => subjects.some((subject) => subject.startsWith('okienko.sealed.')));
    expect(sealed.map(({ maxAge }) => maxAge / (24 * 60 * 60))).toEqual([3]);
    expect(streams.filter(({ subjects }) => subjects.includes(`okienko.cases.>`))).toHaveLength(1);
  });

  it('is nothing in what the outbox says again', () => {
    expect(erasedRecipient).toMatch(new RegExp(personContactChangedV1.properties.recipient.pattern));
    expect(Object.keys(personErasedV1.properties)).toEqual(['erasedAt', 'basis', 'disposalId']);
  });
});
