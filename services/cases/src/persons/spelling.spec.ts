import fc from 'fast-check';
import { spellingsOf } from './spelling';

const agree = (one: string, other: string): boolean =>
  spellingsOf(one).some((spelling) => spellingsOf(other).includes(spelling));

describe('spellings of one name', () => {
  it.each([
    ['Żaneta', 'ZANETA'],
    ['Łoś', 'Los'],
    ['Małgorzata', 'malgorzata'],
    ['Jóźwiak', 'Juzwiak'],
    ['Mierzejewski', 'Mieżejewski'],
    ['Chudzik', 'Hudzik'],
    ['Michał', 'Mihal'],
    ['Łoś-Kowal', 'Kowal Łoś'],
    ['Łoś–Kowal', 'Łoś'],
    ['Anna Maria', 'Maria'],
    ['Kowalski', 'Kowalska'],
    ['Шевченко', 'Szewczenko'],
    ['Шевченко', 'Shevchenko'],
    ['Szewczenko', 'Shevchenko'],
    ['Олександр', 'Oleksandr'],
    ['Олександр', 'Aleksandr'],
    ['Аляксандр', 'Александр'],
    ['Хмельницький', 'Chmielnicki'],
    ['Хмельницький', 'Khmelnytskyi'],
    ['Ковальський', 'Kowalski'],
    ['Ковалёв', 'Kowalow'],
    ['Щербак', 'Shcherbak'],
    ['Щербак', 'Szczerbak'],
    ['Сергій', 'Serhii'],
    ['Сергей', 'Siergiej'],
    ['Григорій', 'Hryhorij'],
    ['Григорий', 'Grigoriy'],
    ['Наталія', 'Наталья'],
    ['Юлія', 'Julia'],
    ['Yuliia', 'Julia'],
    ['Тетяна', 'Татьяна'],
    ['Дмитро', 'Dmytro'],
    ['Євген', 'Yevhen'],
    ['Євген', 'Jewhen'],
    ['Жанна', 'Zhanna'],
    ['Żanna', 'Жанна'],
    ['Быкаў', 'Bykau'],
    ["Мар'яна", 'Marjana'],
    ['Марʼяна', 'Mar’iana'],
    ['Войцех', 'Wojciech'],
    ['Alexandra', 'Aleksandra'],
  ])('%s and %s agree', (one, other) => expect(agree(one, other)).toBe(true));

  it.each([
    ['Anna', 'Ewa'],
    ['Kowalski', 'Kowalczyk'],
    ['Nowak', 'Nowacki'],
    ['Marta', 'Maria'],
    ['Микола', 'Николай'],
    ['Шевченко', 'Шевчук'],
    ['Łoś', 'Łysy'],
  ])('%s and %s do not', (one, other) => expect(agree(one, other)).toBe(false));

  it('are none for what has no letters', () => expect(spellingsOf(' - 7 ’ ')).toEqual([]));
});

const letters = [...'aąbcćdeęfghijklłmnńoóprsśtuwyzźżабвгґдеєжзиіїйклмнопрстуфхцчшщьюяёыэў'];
const word = fc.string({ unit: fc.constantFrom(...letters), minLength: 1, maxLength: 12 });

describe('whatever a name is', () => {
  it('neither capitals nor composed letters nor the order of its parts matter', () => {
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 3 }), (parts) => {
        const spellings = spellingsOf(parts.join(' '));
        expect(spellingsOf(parts.join('-').toUpperCase())).toEqual(spellings);
        expect(spellingsOf(parts.join(' ').normalize('NFD'))).toEqual(spellings);
        expect(spellingsOf(parts.toReversed().join(' '))).toEqual(spellings);
      }),
    );
  });

  it('diacritics do not matter', () => {
    fc.assert(
      fc.property(word, (name) => {
        const plain = name.normalize('NFD').replaceAll(/\p{M}/gu, '').replaceAll('ł', 'l');
        expect(spellingsOf(plain)).toEqual(spellingsOf(name));
      }),
    );
  });
});
