/** GSM 03.38: the basic table, and what takes an escape and so two places. */
const basic =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà';
const extension = '\f^{}\\[~]|€';
const septets = new Map([
  ...[...basic].map((sign) => [sign, 1] as const),
  ...[...extension].map((sign) => [sign, 2] as const),
]);

/** Places in a message that stands alone, and in each part of a longer one, whose header takes some. */
const capacities = { GSM_7: { alone: 160, joined: 153 }, UCS_2: { alone: 70, joined: 67 } } as const;
export type Alphabet = keyof typeof capacities;

export interface SmsText {
  readonly alphabet: Alphabet;
  /** Places taken: septets, or units of 16 bits. */
  readonly units: number;
  readonly parts: readonly string[];
}

/** As gateways count and split: no escape and no pair of surrogates is torn apart. */
export function smsOf(given: string): SmsText {
  const signs = [...given.toWellFormed()];
  const alphabet = signs.every((sign) => septets.has(sign)) ? 'GSM_7' : 'UCS_2';
  const size = (sign: string): number => (alphabet === 'GSM_7' ? (septets.get(sign) ?? 0) : sign.length);
  const { alone, joined } = capacities[alphabet];
  const units = signs.reduce((sum, sign) => sum + size(sign), 0);
  return { alphabet, units, parts: units <= alone ? [signs.join('')] : split(signs, size, joined) };
}

function split(signs: readonly string[], size: (sign: string) => number, room: number): string[] {
  const parts: string[] = [];
  let part = '';
  let taken = 0;
  for (const sign of signs) {
    if (taken + size(sign) > room) {
      parts.push(part);
      part = '';
      taken = 0;
    }
    part += sign;
    taken += size(sign);
  }
  return [...parts, part];
}

const replacements: Readonly<Record<string, string>> = {
  ł: 'l',
  Ł: 'L',
  '„': '"',
  '”': '"',
  '“': '"',
  '’': "'",
  '–': '-',
  '—': '-',
  '…': '...',
  '\u00a0': ' ',
  '\u202f': ' ',
};

/** Without the marks that the smaller alphabet has no letters for; what it has stays, and so does what nothing can be made of. */
export const plain = (text: string): string =>
  [...text]
    .map((sign) => (septets.has(sign) ? sign : (replacements[sign] ?? sign.normalize('NFD').replace(/\p{M}/gu, ''))))
    .join('');
