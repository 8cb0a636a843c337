const most = 50;
const rendered = new Map<string, Promise<Buffer>>();

/** What is fixed is rendered the same every time, and that keeps a core busy for a tenth of a second or more: the latest are kept. */
export function renderedOnce(key: string, render: () => Promise<Buffer>): Promise<Buffer> {
  const made = rendered.get(key) ?? render();
  rendered.delete(key);
  rendered.set(key, made);
  for (const oldest of [...rendered.keys()].slice(0, Math.max(0, rendered.size - most))) rendered.delete(oldest);
  made.catch(() => rendered.delete(key));
  return made;
}
