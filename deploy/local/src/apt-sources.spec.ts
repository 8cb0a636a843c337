import { debianArchiveIn, sourceLine } from './apt-sources';

const archiveIn = (name: string, text: string) => debianArchiveIn([{ name, text }]);

describe('the Debian archive among apt sources', () => {
  it('is read from deb822, comments and further URIs included', () => {
    const text = `Types: deb
# http://snapshot.debian.org/archive/debian/20250520T000000Z
URIs: http://deb.debian.org/debian
Suites: bookworm bookworm-updates
Components: main
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg

Types: deb
URIs: http://deb.debian.org/debian-security
Suites: bookworm-security
Components: main
`;
    expect(archiveIn('debian.sources', text)).toEqual({
      uri: 'http://deb.debian.org/debian',
      signedBy: '/usr/share/keyrings/debian-archive-keyring.gpg',
    });
  });

  it('is read from folded deb822 fields', () => {
    const text =
      'Types: deb deb-src\nURIs:\n http://mirror.example/debian/\nSuites:\n trixie\nComponents: main contrib\n';
    expect(archiveIn('a.sources', text)).toEqual({ uri: 'http://mirror.example/debian/' });
  });

  it('is read from one-line entries, options included', () => {
    const text = `# deb http://old.example/debian bookworm main
deb-src http://deb.debian.org/debian bookworm main
deb http://security.debian.org/debian-security bookworm-security main
deb [arch=amd64 signed-by=/etc/apt/keyrings/debian.gpg] https://deb.debian.org/debian bookworm main contrib # ours
`;
    expect(archiveIn('/etc/apt/sources.list', text)).toEqual({
      uri: 'https://deb.debian.org/debian',
      signedBy: '/etc/apt/keyrings/debian.gpg',
    });
  });

  it.each([
    ['a third party', 'a.list', 'deb https://packages.example/debian stable-tools main'],
    ['another distribution', 'a.list', 'deb http://archive.ubuntu.com/ubuntu noble main'],
    ['sources without main', 'a.list', 'deb http://deb.debian.org/debian bookworm contrib'],
    ['a vendor who calls a suite stable', 'a.list', 'deb https://download.example/linux/debian-extras stable main'],
    [
      'a disabled entry',
      'a.sources',
      'Enabled: no\nTypes: deb\nURIs: http://deb.debian.org/debian\nSuites: sid\nComponents: main',
    ],
    [
      'source packages only',
      'a.sources',
      'Types: deb-src\nURIs: http://deb.debian.org/debian\nSuites: sid\nComponents: main',
    ],
  ])('is not found in %s', (_what, name, text) => {
    expect(archiveIn(name, text)).toBeUndefined();
  });

  it('becomes a source line for another suite', () => {
    expect(sourceLine({ uri: 'http://deb.debian.org/debian', signedBy: '/k.gpg' }, 'sid')).toBe(
      'deb [signed-by=/k.gpg] http://deb.debian.org/debian sid main\n',
    );
    expect(sourceLine({ uri: 'http://deb.debian.org/debian' }, 'trixie')).toBe(
      'deb http://deb.debian.org/debian trixie main\n',
    );
  });
});
