import { addDays } from '@okienko/contracts/calendar';
import { assertSendable } from '@okienko/contracts/validation';
import fc from 'fast-check';
import { type Edition, Standard } from './standard';
import { CriterionTwice, OwnDraft, StandardTooEarly } from './standard-errors';

const id = '0197a000-0000-7000-8000-000000000030';
const offerId = '0197a000-0000-7000-8000-000000000002';
const today = '2026-03-02';
const content = { criteria: [{ code: 'CARE_DIARY', sentence: 'Każda wizyta jest opisana.' }] };
const draft = () => Standard.draft(id, offerId, content, 'ous-olga');

it('is told by service, edition and day, and by none of its sentences', () => {
  const standard = draft();
  const facts = [
    standard.drafted(),
    standard.redraft({ law: 'Dz.U. 2005 poz. 1598', ...content }, 'ous-ola'),
    standard.approve(today, 'dyr-ewa', today, { edition: 3, from: '2026-01-01' }),
  ];
  for (const { contract, data } of facts) assertSendable(contract, data);
  expect(facts.map(({ subject, data }) => ({ subject, ...data }))).toEqual([
    { subject: id, offerId, basis: 'CENTRE', criteria: 1 },
    { subject: id, offerId, basis: 'LAW', criteria: 1 },
    { subject: id, offerId, edition: 4, basis: 'LAW', from: today },
  ]);
});

it('is approved by somebody else than its last author, once, and not changed after that', () => {
  const standard = draft();
  expect(() => standard.approve(today, 'ous-olga', today)).toThrow(OwnDraft);
  standard.redraft(content, 'dyr-ewa');
  expect(() => standard.approve(today, 'dyr-ewa', today)).toThrow(OwnDraft);
  standard.approve(today, 'dyr-adam', today);
  expect(() => standard.approve(today, 'dyr-jan', today)).toThrow(/APPROVED/);
  expect(() => standard.redraft(content, 'ous-olga')).toThrow(/APPROVED/);
});

it('has criteria with codes of their own', () => {
  const twice = { criteria: [...content.criteria, { code: 'FOOD', sentence: 'a' }, ...content.criteria] };
  expect(() => Standard.draft(id, offerId, twice, 'ous-olga')).toThrow(CriterionTwice);
  const standard = draft();
  expect(() => standard.redraft(twice, 'ous-olga')).toThrow(
    expect.objectContaining({ errors: [{ pointer: '/criteria/2/code', detail: 'CARE_DIARY is there already.' }] }),
  );
  expect(standard.criteria).toEqual(content.criteria);
});

it('of a service every day has one at most, whatever days are asked for', () => {
  const day = fc.integer({ min: -30, max: 30 });
  fc.assert(
    fc.property(fc.array(fc.record({ later: fc.nat(20), from: day }), { maxLength: 12 }), (approvals) => {
      const editions: Edition[] = [];
      let now = today;
      for (const { later, from } of approvals) {
        now = addDays(now, later);
        const asked = addDays(now, from);
        const before = editions.at(-1);
        const mayBegin = asked >= now && (before === undefined || asked > before.from);
        const approve = () => draft().approve(asked, 'dyr-ewa', now, before);
        if (mayBegin) editions.push(approve().data);
        else expect(approve).toThrow(StandardTooEarly);
      }
      expect(editions.map(({ edition }) => edition)).toEqual(editions.map((_, at) => at + 1));
      const days = editions.map(({ from }) => from);
      expect(days).toEqual([...new Set(days)].sort());
    }),
  );
});
