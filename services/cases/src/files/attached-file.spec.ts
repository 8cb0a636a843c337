import fc from 'fast-check';
import { assertReadable, AttachedFile, FileInfected, type FileState, type Scan } from './attached-file';

const attachment = {
  unit: 'main',
  terc: '2861011',
  personId: 'person',
  applicationId: 'application',
  category: 'EVIDENCE',
  mediaType: 'application/pdf',
  bytes: 10,
  name: Buffer.from('ciphertext'),
} as const;
const attach = (scan: Scan) => AttachedFile.attach('file', attachment, scan, 'desk', new Date());

const acts = ['clean', 'infected', 'remove'] as const;
const next: Readonly<Record<FileState, Partial<Record<(typeof acts)[number], FileState>>>> = {
  AWAITING_SCAN: { clean: 'READABLE', infected: 'INFECTED', remove: 'REMOVED' },
  READABLE: { remove: 'REMOVED' },
  INFECTED: { remove: 'REMOVED' },
  REMOVED: {},
};

describe('an attached file', () => {
  it('is never one in which something was found', () => expect(() => attach('INFECTED')).toThrow(FileInfected));

  it('tells of itself by ids and numbers alone', () => {
    expect(attach('UNSCANNED').attached().data).toEqual({
      applicationId: 'application',
      personId: 'person',
      bytes: 10,
      scan: 'UNSCANNED',
    });
  });

  it('moves only as the table says, and is open only when it is clean or nobody scans', () => {
    fc.assert(
      fc.property(
        fc.constantFrom<Scan>('UNSCANNED', 'PENDING', 'CLEAN'),
        fc.array(fc.constantFrom(...acts), { maxLength: 5 }),
        (scan, tried) => {
          const file = attach(scan);
          let state: FileState = scan === 'PENDING' ? 'AWAITING_SCAN' : 'READABLE';
          for (const act of tried) {
            const take = (): void =>
              act === 'remove' ? file.remove('CODE', '2026-11-22') : file.judge(act === 'clean' ? 'CLEAN' : 'INFECTED');
            const becomes: FileState | undefined = next[state][act];
            if (becomes) {
              take();
              state = becomes;
            } else expect(take).toThrow();
            expect(file.standing.state).toBe(state);
            if (state === 'READABLE') {
              expect(() => assertReadable(file.standing.state)).not.toThrow();
              expect(['UNSCANNED', 'CLEAN']).toContain(file.standing.scan);
            } else expect(() => assertReadable(file.standing.state)).toThrow();
          }
        },
      ),
    );
  });
});
