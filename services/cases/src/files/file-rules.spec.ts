import fc from 'fast-check';
import { assertAllowed, FileNameMisleads, fileRulesOn, FileTypeNotAllowed } from './file-rules';
import { mediaTypeOf } from './media-type';
import { specimens } from './specimens';

const rules = fileRulesOn('2026-11-22');
const tried = async (content: Buffer, name: string): Promise<void> =>
  assertAllowed(rules, await mediaTypeOf(content), name);

describe('a file', () => {
  it.each([
    ['pdf', 'Wniosek.PDF'],
    ['png', 'skan.png'],
    ['jpg', 'skan.jpeg'],
    ['docx', 'pismo.docx'],
    ['odt', 'pismo.odt'],
  ] as const)('%s is taken as %s', async (kind, name) => expect(tried(specimens[kind], name)).resolves.toBeUndefined());

  it.each([
    ['exe', 'pismo.pdf'],
    ['zip', 'pismo.docx'],
    ['docm', 'pismo.docx'],
    ['txt', 'pismo.pdf'],
  ] as const)('%s is refused, though it is called %s', async (kind, name) =>
    expect(tried(specimens[kind], name)).rejects.toThrow(FileTypeNotAllowed),
  );

  it.each(['wirus.exe', 'pismo.docx', 'pdf', 'pismo.pdf.exe'])('that is a PDF is not called %s', async (name) =>
    expect(tried(specimens.pdf, name)).rejects.toThrow(FileNameMisleads),
  );

  it('of whatever bytes never does worse than not being taken', async () => {
    const beginnings = fc.constantFrom(...Object.values(specimens).map((bytes) => bytes.subarray(0, 40)));
    await fc.assert(
      fc.asyncProperty(beginnings, fc.uint8Array({ maxLength: 400 }), async (beginning, rest) => {
        const type = await mediaTypeOf(Buffer.concat([beginning, rest]));
        expect(['undefined', 'string']).toContain(typeof type);
      }),
    );
  });
});
