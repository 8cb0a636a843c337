import { equal, visibleTo, where } from './where';

const own = '0197a000-0000-7000-8000-000000000010';
const nobody = '00000000-0000-0000-0000-000000000000';

describe('who may see which rows', () => {
  it('staff see every row', () => {
    expect(visibleTo({ sub: 'anna', roles: ['coordinator'] }, 'provider_id')).toBeUndefined();
  });

  it('a provider account sees its own rows, even when it was given a staff role as well', () => {
    const caller = { sub: 'caritas', roles: ['provider', 'director'] as const, providerId: own };
    expect(visibleTo(caller, 'provider_id')).toEqual(['provider_id = ?', own]);
  });

  it('a provider account that names no provider, or no id, sees nothing', () => {
    expect(visibleTo({ sub: 'x', roles: ['provider'] }, 'id')).toEqual(['id = ?', nobody]);
    expect(visibleTo({ sub: 'x', roles: ['provider'], providerId: 'caritas' }, 'id')).toEqual(['id = ?', nobody]);
  });
});

it('conditions that do not apply leave the statement', () => {
  expect(where([undefined, equal('state', 'RECEIVED'), equal('x', undefined), ['id > ?', own]])).toEqual({
    text: 'where state = $1 and id > $2',
    values: ['RECEIVED', own],
  });
  expect(where([])).toEqual({ text: '', values: [] });
});
