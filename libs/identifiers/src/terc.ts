/** TERYT code of a gmina or a part of one: voivodeship, powiat and gmina by two digits, then the kind. Existence is for the register to say. */
export function isTerc(text: string): boolean {
  return /^\d{6}[1-589]$/.test(text);
}

/**
 * An address in an urban-rural gmina (kind 3) carries the kind of its town (4) or its countryside (5), so a gmina is
 * recognised by the first six digits; never by name, as there are two units called Elbląg (2861011 and 2804012).
 */
export function sameGmina(one: string, other: string): boolean {
  return isTerc(one) && isTerc(other) && one.slice(0, 6) === other.slice(0, 6);
}

/** Gminas that the examples and the local deployment know. Source: TERC catalogue of Statistics Poland (GUS) as of 2017-01-01. */
export const gminas: ReadonlyMap<string, string> = new Map([
  ['0609013', 'Bełżyce'],
  ['0611102', 'Wojcieszków'],
  ['0612053', 'Opole Lubelskie'],
  ['1209033', 'Myślenice'],
  ['1415022', 'Czarnia'],
  ['1419142', 'Staroźreby'],
  ['2006053', 'Stawiski'],
  ['2202043', 'Czersk'],
  ['2607011', 'Ostrowiec Świętokrzyski'],
  ['2611011', 'Starachowice'],
  ['2808062', 'Srokowo'],
  ['2861011', 'Elbląg'],
  ['3261011', 'Koszalin'],
]);
