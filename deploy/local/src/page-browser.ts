import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** A Chromium on the path as Playwright wants it, without a word to anybody outside; `undefined` where there is none. */
export function chromiumOnPath(): { executablePath: string; args: string[] } | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const names = ['chromium', 'chromium-browser', 'google-chrome'];
  const executablePath = names.flatMap((name) => folders.map((folder) => join(folder, name))).find(existsSync);
  const args = [
    '--headless',
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ];
  return executablePath === undefined ? undefined : { executablePath, args };
}
