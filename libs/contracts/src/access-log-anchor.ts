import { count, instant } from './properties';

const hash = { type: 'string', pattern: '^([0-9a-f]{64})?$', 'x-data-class': 'code' } as const;

/**
 * What each service tells about its own access log, so that nobody can write it anew unseen: the ends of its chains, and which rows
 * had been removed by then because their time was over. Nothing in it is about a person.
 */
export const anchorFacts = {
  properties: {
    anchoredAt: instant,
    /** SHA-256 over all chains. */
    digest: hash,
    chains: {
      type: 'array',
      minItems: 1,
      maxItems: 16,
      items: {
        type: 'object',
        additionalProperties: false,
        properties: { chain: count, position: count, hash, removedTo: count, removedHash: hash },
        required: ['chain', 'position', 'hash', 'removedTo', 'removedHash'],
      },
    },
  },
  required: ['anchoredAt', 'digest', 'chains'],
  examples: [
    {
      anchoredAt: '2026-11-02T09:00:00.000Z',
      digest: '6b86b273ff34fce19d6b804eff5a3f5747ada4eaa22f1d49c01e52ddb7875b4b',
      chains: [
        {
          chain: 3,
          position: 1842,
          hash: 'd4735e3a265e16eee03f59718b9b5d03019c07d8b6c51f90da3a666eec13ab35',
          removedTo: 0,
          removedHash: '',
        },
      ],
    },
  ],
} as const;
