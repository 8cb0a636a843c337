interface Reference {
  readonly data: Record<string, unknown>;
  end(): void;
}

/**
 * The library gives the cells of tables identifiers, by which others refer to them as their headers, but not the index through which a
 * reader finds them (ISO 32000-1, 14.7.2). Follows the elements of a document from now on; call the result before its end.
 */
export function indexIdentifiers(doc: PDFKit.PDFDocument): () => void {
  const elements: Reference[] = [];
  const struct = doc.struct.bind(doc);
  doc.struct = (...described: Parameters<typeof struct>) => {
    const element = struct(...described);
    elements.push((element as unknown as { readonly dictionary: Reference }).dictionary);
    return element;
  };
  return () => {
    const identified = elements
      .flatMap((element) => (element.data['ID'] instanceof String ? [{ id: element.data['ID'], element }] : []))
      .sort((a, b) => (String(a.id) < String(b.id) ? -1 : 1));
    if (identified.length === 0) return;
    const tree = doc.ref({ Names: identified.flatMap(({ id, element }) => [id, element]) }) as unknown as Reference;
    (doc.getStructTreeRoot() as unknown as Reference).data['IDTree'] = tree;
    tree.end();
  };
}
