export interface PolishAddress {
  readonly street: string;
  readonly postalCode: string;
  readonly town: string;
}

const address = /^(\S[^\n]{0,300}?),?\s{1,9}(\d{2}-\d{3})\s{1,9}(\S[^\n]*)$/;

/** Street, postal code and town of an address as offices write it: "ul. Królewiecka 195, 82-300 Elbląg". */
export function readAddress(text: string): PolishAddress | undefined {
  const [, street, postalCode, town] = address.exec(text) ?? [];
  return street && postalCode && town ? { street, postalCode, town } : undefined;
}

const voivodeships: Readonly<Record<string, string>> = {
  '02': 'dolnośląskie',
  '04': 'kujawsko-pomorskie',
  '06': 'lubelskie',
  '08': 'lubuskie',
  '10': 'łódzkie',
  '12': 'małopolskie',
  '14': 'mazowieckie',
  '16': 'opolskie',
  '18': 'podkarpackie',
  '20': 'podlaskie',
  '22': 'pomorskie',
  '24': 'śląskie',
  '26': 'świętokrzyskie',
  '28': 'warmińsko-mazurskie',
  '30': 'wielkopolskie',
  '32': 'zachodniopomorskie',
};

/** By the first two digits of the TERC. */
export const voivodeshipOf = (terc: string): string => voivodeships[terc.slice(0, 2)] ?? '';
