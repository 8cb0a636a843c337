import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { canonical, digestOf, proofOf } from './proof';
import type { ProofFacts } from './proofs.dto';

const facts: ProofFacts = {
  messageId: 'm',
  causeId: 'c',
  personId: 'p',
  addresseeId: 'p',
  rule: 'plan-approved',
  audience: 'PERSON',
  standing: 'LEGAL',
  template: 'plan-approved',
  state: 'SENT',
  reasonCode: null,
  queuedAt: '2026-03-02T08:00:00.000Z',
  settledAt: null,
  contentSha256: null,
  attempts: [],
  evidence: [],
  handings: [],
  tellings: [],
};
const content = { language: 'pl', subject: 'Masz wiadomość z CUS', text: 'Zażółć „gęślą” jaźń.\n' };

describe('the digest of a proof', () => {
  it('is the same however its fields are ordered, and another when anything in it is', () => {
    const proof = proofOf(facts, content, null);
    const turned = Object.fromEntries(Object.entries(facts).reverse()) as unknown as ProofFacts;
    expect(proofOf(turned, content, null).sha256).toBe(proof.sha256);
    for (const name of Object.keys(facts))
      expect(proofOf({ ...facts, [name]: 'changed' }, content, null).sha256).not.toBe(proof.sha256);
    expect(proofOf(facts, null, null).sha256).not.toBe(proof.sha256);
  });

  it('is over JSON that reads back as it was', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), (value) =>
        // JSON itself has one zero: minus zero reads back as zero.
        expect(JSON.parse(canonical(value))).toEqual(JSON.parse(JSON.stringify(value))),
      ),
    );
  });

  const jq = spawnSync('jq', ['--version']).status === 0;
  (jq ? it : it.skip)('is found by the recipe that the proof names (skipped where jq is not installed)', () => {
    const proof = proofOf(facts, content, null);
    const { stdout } = spawnSync('jq', ['-cjS', 'del(.sha256)'], { input: JSON.stringify(proof, null, 2) });
    expect(digestOf(stdout.toString())).toBe(proof.sha256);
  });
});
