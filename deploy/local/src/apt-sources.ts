/** Where a machine gets Debian's own packages: what its apt sources say, in deb822 or one-line form (sources.list(5)). */
export interface DebianArchive {
  readonly uri: string;
  readonly signedBy?: string;
}

const releases = /^(?:oldoldstable|oldstable|stable|testing|unstable|sid|buster|bullseye|bookworm|trixie|forky|duke)$/;

/** The Debian archive among the sources, if there is one; security, backports and other people's archives do not count. */
export function debianArchiveIn(files: readonly { name: string; text: string }[]): DebianArchive | undefined {
  const archives = files.flatMap(({ name, text }) => (name.endsWith('.sources') ? fromStanzas(text) : fromLines(text)));
  return archives.find(({ uri }) => /\/debian\/?$/.test(uri));
}

function fromStanzas(text: string): DebianArchive[] {
  const withoutComments = text.replaceAll(/^#.*\n?/gm, '');
  return withoutComments.split(/\n[ \t]*\n/).flatMap((stanza) => {
    const field = (name: string) => new RegExp(`^${name}:[ \\t]*(.*(?:\\n[ \\t]+.*)*)`, 'im').exec(stanza)?.[1]?.trim();
    const words = (name: string) => field(name)?.split(/\s+/) ?? [];
    if (/^(?:no|false)$/i.test(field('Enabled') ?? 'yes') || !words('Types').includes('deb')) return [];
    if (!words('Suites').some((suite) => releases.test(suite)) || !words('Components').includes('main')) return [];
    const key = words('Signed-By')[0];
    return words('URIs').map((uri) => ({ uri, ...(key?.startsWith('/') && { signedBy: key }) }));
  });
}

function fromLines(text: string): DebianArchive[] {
  return text.split('\n').flatMap((line) => {
    const entry = /^\s*deb\s+(?:\[([^\]]*)\]\s+)?(\S+)\s+(\S+)\s+([^#]*)/.exec(line);
    if (entry === null) return [];
    const [, options = '', uri = '', suite = '', components = ''] = entry;
    if (!releases.test(suite) || !components.split(/\s+/).includes('main')) return [];
    const key = /(?:^|\s)signed-by=([^\s,]+)/i.exec(options)?.[1];
    return [{ uri, ...(key?.startsWith('/') && { signedBy: key }) }];
  });
}

/** A one-line source list for one suite of that archive. */
export const sourceLine = ({ uri, signedBy }: DebianArchive, suite: string): string =>
  `deb ${signedBy === undefined ? '' : `[signed-by=${signedBy}] `}${uri} ${suite} main\n`;
