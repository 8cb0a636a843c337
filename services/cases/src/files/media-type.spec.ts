import { crc32, deflateRawSync } from 'node:zlib';
import { mediaTypeOf } from './media-type';
import { specimens } from './specimens';

/** The beginning of an archive: one entry, packed. */
function archive(name: string, content: Buffer): Buffer {
  const packed = deflateRawSync(content);
  const head = Buffer.alloc(30);
  head.writeUInt32LE(0x04034b50, 0);
  head.writeUInt16LE(20, 4);
  head.writeUInt16LE(8, 8);
  head.writeUInt32LE(crc32(content), 14);
  head.writeUInt32LE(packed.length, 18);
  head.writeUInt32LE(content.length, 22);
  head.writeUInt16LE(name.length, 26);
  return Buffer.concat([head, Buffer.from(name), packed]);
}

const types = (kind: string): string =>
  `<Types><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.${kind}.main+xml"/></Types>`;

describe('the type of a file', () => {
  it('is found inside an archive', async () => {
    const document = archive('[Content_Types].xml', Buffer.from(types('wordprocessingml.document')));
    expect(await mediaTypeOf(document)).toBe('application/vnd.openxmlformats-officedocument.wordprocessingml.document');
  });

  it('is not looked for in what would become a hundred times as large', async () => {
    const bomb = archive(
      '[Content_Types].xml',
      Buffer.concat([Buffer.alloc(24 * 1024 * 1024, ' '), Buffer.from(types('wordprocessingml.document'))]),
    );
    expect(bomb.length).toBeLessThan(100_000);
    const before = process.memoryUsage().arrayBuffers;
    expect(['application/zip', undefined]).toContain(await mediaTypeOf(bomb));
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(8 * 1024 * 1024);
  });

  it('is that of the content, whatever stands around it', async () => {
    expect(await mediaTypeOf(specimens.png)).toBe('image/png');
    expect(await mediaTypeOf(Buffer.concat([Buffer.from('<html>'), specimens.png]))).not.toBe('image/png');
    expect(await mediaTypeOf(Buffer.from('<script>alert(1)</script>'))).toBeUndefined();
  });
});
