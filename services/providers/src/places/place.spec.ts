import { assertSendable } from '@okienko/contracts/validation';
import { CoordinatesIncomplete, Place, type PlaceDetails } from './place';

const id = '0197a000-0000-7000-8000-000000000040';
const providerId = '0197a000-0000-7000-8000-000000000010';
const club: PlaceDetails = {
  name: 'Klub Seniora',
  address: 'ul. Winna 9, Elbląg',
  terc: '2861011',
  latitude: 54.1561,
  longitude: 19.4045,
  accessibility: ['STEP_FREE', 'LIFT', 'STEP_FREE'],
};

it('a place is told of by its gmina and by what helps there, not by its address', () => {
  const place = Place.register(id, providerId, club);
  const facts = [place.registered(), place.correct({ name: 'Klub', address: 'ul. Inna 1' }), place.close('2026-03-02')];
  for (const { contract, data } of facts) assertSendable(contract, data);
  expect(facts.map(({ data }) => data)).toEqual([
    { providerId, terc: '2861011', accessibility: ['LIFT', 'STEP_FREE'] },
    { providerId, accessibility: [] },
    { providerId, closedOn: '2026-03-02' },
  ]);
});

it('a place has both coordinates or neither', () => {
  const { latitude, longitude, ...nowhere } = club;
  expect(() => Place.register(id, providerId, nowhere)).not.toThrow();
  for (const half of [{ latitude: latitude ?? 0 }, { longitude: longitude ?? 0 }])
    expect(() => Place.register(id, providerId, { ...nowhere, ...half })).toThrow(CoordinatesIncomplete);
});

it('a place that was closed stays as it was', () => {
  const place = Place.register(id, providerId, club);
  place.close('2026-03-02');
  expect(() => place.correct(club)).toThrow(/cannot be corrected/);
  expect(() => place.close('2026-03-03')).toThrow(/cannot be closed/);
});
