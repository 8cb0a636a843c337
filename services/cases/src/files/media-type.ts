/** The media type that the bytes show, whatever they are called; undefined when they show none. */
export async function mediaTypeOf(bytes: Buffer): Promise<string | undefined> {
  // Loaded with the first file.
  const { fileTypeFromBuffer } = await import('file-type/core');
  try {
    return (await fileTypeFromBuffer(bytes))?.mime;
  } catch {
    // What cannot be read through is nothing that it pretends to be.
    return undefined;
  }
}
