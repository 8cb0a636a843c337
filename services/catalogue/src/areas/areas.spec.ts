import { event } from '@okienko/contracts/event';
import { serviceOfferPublishedV1 } from '@okienko/contracts/catalogue/service-offer-published.v1';
import { assertSendable } from '@okienko/contracts/validation';
import { areas, areaSlugs } from './areas';

describe('the areas of art. 2(1)', () => {
  it('are fourteen, in the order of the Act', () => {
    expect(areas.map(({ no }) => no)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14]);
    expect(areas[3]).toEqual({
      no: 4,
      slug: 'pomoc-spoleczna',
      code: 'SOCIAL_ASSISTANCE',
      name: { pl: 'pomoc społeczna', en: 'social assistance' },
      legalBasis: 'art. 2 ust. 1 pkt 4',
    });
  });

  it('differ in slug and code, and their slugs may travel in events', () => {
    expect(new Set(areaSlugs).size).toBe(14);
    expect(new Set(areas.map(({ code }) => code)).size).toBe(14);
    const [example] = serviceOfferPublishedV1.examples;
    const { data } = event(serviceOfferPublishedV1, 'any', { ...example, areas: [...areaSlugs] });
    expect(() => assertSendable(serviceOfferPublishedV1, data)).not.toThrow();
  });
});
