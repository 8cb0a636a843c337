import { createHash } from 'node:crypto';
import type { AddresseeOfProof, ContentOfProof, Proof, ProofFacts } from './proofs.dto';

export const digestOf = (text: string): string => createHash('sha256').update(text).digest('hex');

/** What is known of a message, with a digest by which it can be known again: SHA-256 over the rest as compact JSON with sorted names. */
export function proofOf(facts: ProofFacts, content: ContentOfProof | null, addressee: AddresseeOfProof | null): Proof {
  const rest = { ...facts, content, addressee };
  return { ...rest, sha256: digestOf(canonical(rest)) };
}

/** As `jq -cjS` writes it. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value ?? null);
  const fields = Object.entries(value as Record<string, unknown>)
    .filter(([, field]) => field !== undefined)
    .sort(([one], [other]) => (one < other ? -1 : 1));
  return `{${fields.map(([name, field]) => `${JSON.stringify(name)}:${canonical(field)}`).join(',')}}`;
}
