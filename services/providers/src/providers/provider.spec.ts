import { assertSendable } from '@okienko/contracts/validation';
import { Provider } from './provider';

const id = '0197a000-0000-7000-8000-000000000010';

it('a registered provider is announced by kind and gmina, and by nothing that names it', () => {
  const provider = Provider.register(id, {
    kind: 'NATURAL_PERSON',
    name: { pl: 'Maria Przykładowa' },
    nip: '5260250274',
    terc: '2861011',
    address: 'ul. Wzorcowa 1, Elbląg',
  });
  const { contract, ...fact } = provider.registered();
  expect(contract.$id).toBe('providers.provider.registered.v1');
  expect(fact).toEqual({ subject: id, gmina: '2861011', data: { kind: 'NATURAL_PERSON', terc: '2861011' } });
});

it('a provider without a gmina is announced without one', () => {
  const registered = Provider.register(id, { kind: 'NGO', name: { pl: 'Fundacja' } }).registered();
  expect(registered.data).toEqual({ kind: 'NGO' });
  expect(() => assertSendable(registered.contract, registered.data)).not.toThrow();
});
