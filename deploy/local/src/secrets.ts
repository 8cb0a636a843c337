import { randomBytes } from 'node:crypto';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { folderOf } from './paths';

/** A JSON file of the home that only its owner may read. `read` gives `undefined` before the first `write`. */
export function confidentialFile<Content>(home: string, name: string) {
  const file = join(folderOf(home, 'secrets'), `${name}.json`);
  return {
    read(): Content | undefined {
      try {
        return JSON.parse(readFileSync(file, 'utf8')) as Content;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
        throw error;
      }
    },
    write(content: Content): void {
      writeFileSync(`${file}.new`, JSON.stringify(content, undefined, 2), { mode: 0o600 });
      renameSync(`${file}.new`, file);
    },
  };
}

/** Of those who come in to the broker of `npm start`. */
export const brokerPasswords = 'broker-passwords';

export const randomSecret = (): string => randomBytes(24).toString('base64url');

/** Random secrets by name that outlive a restart: the first call for a name invents one, later calls repeat it. */
export function keptSecrets(home: string, name: string): (of: string) => string {
  const file = confidentialFile<Record<string, string>>(home, name);
  return (of) => {
    const known = file.read() ?? {};
    const secret = known[of] ?? randomSecret();
    if (known[of] === undefined) file.write({ ...known, [of]: secret });
    return secret;
  };
}
