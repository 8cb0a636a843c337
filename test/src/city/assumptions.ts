/** What is assumed of a city and of what its residents ask for. Each figure says where it is from; whoever knows better changes it here. */
export const assumptions = {
  sizes: {
    value: { belzyce: 13_000, elblag: 115_000, million: 1_000_000 },
    why: 'rounded as in deploy/sizing/assumptions.json',
  },
  /** Shares of residents by the first year of the age group. */
  ages: {
    value: [
      [0, 0.15],
      [15, 0.1],
      [25, 0.14],
      [35, 0.16],
      [45, 0.14],
      [55, 0.12],
      [65, 0.11],
      [75, 0.05],
      [85, 0.03],
    ],
    why: 'assumed, near the age pyramid of Polish towns in the early 2020s: one resident in five is 65 or older',
  },
  households: {
    value: [0.29, 0.29, 0.19, 0.15, 0.08],
    why: 'assumed: shares of households of one to five persons',
  },
  /** Of all who apply within five years. */
  applicants: {
    value: 0.07,
    why: 'assumed: seven residents in a hundred ever apply within five years',
  },
  mattersPerYear: {
    value: 0.03,
    why: 'per resident; as in deploy/sizing/assumptions.json',
  },
  /** How much likelier than anybody somebody of the age applies. */
  inclination: {
    value: [
      [0, 0.4],
      [15, 0.2],
      [25, 0.4],
      [65, 3],
      [75, 8],
      [85, 10],
    ],
    why: 'assumed: most services of the programme are for people of 75 and older, and for their carers',
  },
  /** How a matter goes on. */
  outcomes: {
    value: { served: 0.72, passedOn: 0.12, withdrawn: 0.16 },
    why: 'assumed: served to the end; first declined by a provider, then served by another; withdrawn before a place was taken',
  },
  /** Weekly deliveries of a matter: short, usual, long. */
  deliveries: {
    value: { 4: 0.3, 12: 0.5, 26: 0.2 },
    why: 'assumed: a month, a quarter, half a year of weekly visits',
  },
  services: {
    value: {
      teleopieka: 0.3,
      'ecus-owe-taxi': 0.25,
      'asystent-osobisty-z-ecus-taxi': 0.15,
      'uslugi-sasiedzkie': 0.2,
      'zlota-raczka': 0.1,
    },
    why: 'assumed: shares of requests among services of the real programme of Elbląg',
  },
  districts: {
    value: ['Śródmieście', 'Zatorze', 'Nad Jarem', 'Zawada', 'Osiedle Nad Rzeką'],
    why: 'names of the kind that a town has; shares fall from the first to the last',
  },
} as const;

/** One key by its share. */
export function drawn<Key extends string>(shares: Readonly<Record<Key, number>>, at: number): Key {
  let left = at * Object.values<number>(shares).reduce((sum, share) => sum + share, 0);
  const keys = Object.keys(shares) as Key[];
  for (const key of keys) if ((left -= shares[key]) < 0) return key;
  return keys.at(-1) as Key;
}
