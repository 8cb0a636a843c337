import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const run = (program: string, ...args: string[]): string =>
  execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

/** FS_IOC_SHUTDOWN without flushing the log (linux/fs.h): the file system forgets whatever has not reached its device. */
const shutDown =
  'open(my $d, "<", $ARGV[0]) or die $!; my $f = pack("L", 2); defined ioctl($d, 0x8004587D, $f) or die $!';

/** What the machine lacks for disks of our own, as a sentence; nothing when they can be had. */
export function lackingForDisks(): string | undefined {
  if (process.platform !== 'linux') return 'Only Linux can forget what was not flushed; this is another system.';
  if (process.getuid?.() !== 0) return 'Only root may mount the disks whose power is cut: run it as root.';
  const missing = ['losetup', 'mkfs.ext4', 'mount', 'umount', 'perl', 'fallocate'].filter((name) => !isThere(name));
  if (missing.length > 0) return `The machine lacks ${missing.join(', ')}.`;
  if (existsSync('/dev/loop-control')) return undefined;
  return 'The machine has no loop devices (/dev/loop-control), from which the disks are made.';
}

const isThere = (program: string): boolean => {
  try {
    return run('sh', '-c', `command -v ${program}`) !== '';
  } catch {
    return false;
  }
};

/** In memory where it can be: a flush there costs what a good disk's costs, and no neighbour's writes are in the way. */
const warehouse = (): string => (existsSync('/dev/shm') ? '/dev/shm' : tmpdir());

/**
 * A disk with a volatile write cache. It is a file system in a file on a second file system, its casing: what the inner one writes
 * lies in the casing's page cache until the inner one flushes, and a cut shuts the casing down, so that only what was flushed is
 * still there: neither the page cache nor the write cache of a device outlives a power cut.
 */
export class Disk {
  private readonly folder: string;

  constructor(megabytes = 640) {
    this.folder = mkdtempSync(join(warehouse(), 'okienko-disk-'));
    chmodSync(this.folder, 0o755);
    for (const place of [this.casing, this.mount]) mkdirSync(place);
    try {
      run('fallocate', '-l', `${megabytes}M`, this.image);
      run('mkfs.ext4', '-q', '-F', this.image);
      this.plugIn(this.image, this.casing);
      run('fallocate', '-l', `${Math.floor(megabytes * 0.85)}M`, this.platter);
      run('mkfs.ext4', '-q', '-F', this.platter);
      this.plugIn(this.platter, this.mount);
      chmodSync(this.mount, 0o755);
    } catch (error) {
      this.remove();
      throw error;
    }
  }

  /** Where it is mounted; the same after a cut. */
  get mount(): string {
    return join(this.folder, 'mounted');
  }

  /** Everything written so far reaches the platter. */
  sync(): void {
    run('sync', '--file-system', this.mount);
  }

  /** The power goes. Whoever wrote here must be dead. */
  cut(): void {
    run('perl', '-e', shutDown, this.casing);
  }

  /** The power is back: both file systems recover from their journals. */
  recover(): void {
    for (const place of [this.mount, this.casing]) unplug(place);
    this.plugIn(this.image, this.casing);
    this.plugIn(this.platter, this.mount);
  }

  remove(): void {
    for (const place of [this.mount, this.casing]) if (isMounted(place)) unplug(place);
    rmSync(this.folder, { recursive: true, force: true });
  }

  private get casing(): string {
    return join(this.folder, 'casing');
  }

  private get image(): string {
    return join(this.folder, 'image');
  }

  private get platter(): string {
    return join(this.casing, 'platter');
  }

  private plugIn(image: string, place: string): void {
    run('mount', '-o', 'loop,noatime', image, place);
  }
}

const isMounted = (place: string): boolean => {
  try {
    return run('mountpoint', place) !== '';
  } catch {
    return false;
  }
};

/** A process that was just killed may hold its files for a moment. */
function unplug(place: string, attempts = 100): void {
  try {
    run('umount', place);
  } catch (error) {
    if (attempts === 0) throw error;
    run('sleep', '0.1');
    unplug(place, attempts - 1);
  }
}
