// The launcher of every npm command: runs on any Node from 18 on, before anything is installed, with no dependency.
// It installs what is missing, builds what has changed, and hands over to dist/<command>.js under the pinned Node.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, openSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, delimiter, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const root = resolve(here, '..', '..');
const modules = join(root, 'node_modules');
const work = join(root, '.okienko');
const lock = join(work, 'build.lock');
let lockIsOurs = false;

const commands = {
  start: `Starts PostgreSQL, NATS, a token issuer, a mailbox and the four services, plays one resident's journey, and stays
up with a page on http://localhost:8080 until Ctrl-C.

  --no-journey   without the journey

Engines are taken from DATABASE_URL and NATS_URL, else from this machine, else they are fetched.
Data are kept in .okienko/ (OKIENKO_HOME chooses another folder). A taken port is moved by OKIENKO_<NAME>_PORT, where
NAME is PAGE, CATALOGUE, CASES, PROVIDERS, NOTIFICATIONS, ISSUER, PARTNER, POSTGRES, NATS or SMTP.
OKIENKO_SINKS=127.0.0.1:9000 lets webhooks be posted to a server of your own on this machine.`,
  journey: `Plays another resident's journey, with fresh invented data, against the system that \`npm start\` runs.

  --trial   against deploy/compose.yaml with its profile \`trial\`, at the ports that it publishes (CATALOGUE_PORT … TRIAL_PORT where they were moved)`,
  reset: `Stops what an earlier start left running and empties the data folder, after asking.

  --yes   without asking
  --all   also the programs that were downloaded`,
  test: `Runs lint, build, unit, component and journey tests on real PostgreSQL and NATS.`,
  generate: `Writes the generated documents, such as libs/contracts/asyncapi.json, anew.`,
  okienko: `The command of operators; \`npx okienko --help\` tells what it does.`,
  'supply-chain': `Checks the packages of others: locked by content, pinned, each with its reason, under a licence that we may use, without a known
vulnerability; and writes a bill of materials (CycloneDX) for each service as it is deployed. Takes some ten seconds.

  --out DIR    where the bills go, usually .okienko/sbom
  --offline    does not ask the registry; its audit counts beside our own list (deploy/supply-chain/advisories.json) where it answers`,
  images: `Builds one image for each service: the pinned Node, the service as one file, its bill of materials; no shell, no root. Takes some ten seconds
an image. Migrations are the same image with the command \`migrate\`.

  --base IMAGE       instead of gcr.io/distroless/cc-debian12:nonroot; deploy/image/base-from-here.sh makes one where no registry is
  --service NAME     only this one (again and again for several)
  --trial            also the container of compose.yaml's profile \`trial\`: an issuer, a mailbox and a partner to try it out with
  --tag TAG          instead of the version
  --engine podman    instead of docker
  --assemble         only puts together what the images hold, in .okienko/images`,
  sizing: `What a place needs of processors, memory, disks and money, computed from what acts were measured to cost (deploy/sizing/costs.json) and from
what is assumed of a year (deploy/sizing/assumptions.json: put in your own). \`npm run generate\` writes it down as docs/sizing.md.

  --residents N   a place of so many
  --measure       measures anew, beside a system that \`npm start\` runs and that has nothing else to do; some four minutes, Linux
  --journeys N    so many of them, usually 40`,
  'compose-check': `Tries deploy/compose.yaml on this machine's container engine: builds the images, starts everything from nothing, plays a resident's
journey, takes everything down, starts it again on the same data and plays another. Issuer, mailbox and partner are a container of its own, by the profile \`trial\`.
Some two minutes. POSTGRES_IMAGE and NATS_IMAGE name other engines (deploy/image/engines-from-here.sh makes some where no registry is).

  --short        one journey
  --base IMAGE   base of the images, as of \`npm run images\`; --built: they are there already
  --keep         stays up, for trying out, until Ctrl-C`,
  'person-package': `Gathers everything that is held about somebody from all services, with the officer's own token, as person.json for machines and
person.html and person.pdf for people. The access log of each service says who took it out. A service that does not answer is named in it.

  person-package <personId>
  --out FOLDER     where to, usually .okienko/packages/<personId>
  --cases URL --notifications URL --providers URL   of any other system than that of \`npm start\`, with a token of the desk or the
                   director in OKIENKO_TOKEN

It may hold what concerns others (GDPR art. 15(4)): somebody reads it before it is handed over. Exit code 1: a service is missing.`,
  powercut: `Cuts the power under NATS and PostgreSQL, 20 times under load, and counts what was acknowledged and is gone.
Each engine runs on disks that forget whatever was not flushed; a control run with lazier settings must lose.
Linux and root only; 4 GB in /dev/shm and about four minutes.

  --short    3 cuts, under a minute
  --cuts N   so many cuts
  --seed N   the same moments as another run`,
  chaos: `Puts four services with two replicas each, PostgreSQL and a three-node NATS cluster under a load of journeys, kills, freezes,
cuts and poisons them, heals them, and lets an independent checker compare everything with everything.
The form of 100 faults and 200,000 events takes up to an hour and a half, two cores and some 3 GB of disk.

  --short      12 faults, under two minutes
  --keep       leaves data and logs where they are
  --faults N   so many faults; --events N at least so many events; --seed N the same faults in the same order
  --load N     so many residents' journeys at a time while faults are done, usually 5
  --checker    does the checker bite? Ten defects that were put in on purpose must be found; about five minutes`,
  city: `Makes a city from a seed, with five years of what its residents asked for, loads it into the system that \`npm start\` runs (empty: npm run reset
before), lets an independent checker compare everything with everything, and then lets the city live, day by day, until Ctrl-C: residents apply,
desks register, coordinators plan, providers deliver, staff and residents look and search, by the assumptions of docs/sizing.md and of
test/src/city/assumptions.ts. The page shows it. Up to 20,000 residents their history goes over the streams, and each service hears of it by its own
consumers; of more it is laid where a running centre has what is long past: in the archive of events, with everybody's copies of it (--way).

  --size belzyce|elblag|million|N   13,000, 115,000, 1,000,000 or so many residents; --seed N the same city; --years N of history
  --way streams|archive   as above, for any size
  --speed N      so many times faster than ours, usually 60: a day in 24 minutes; --days N ends after so many of them
  --load-only    loads, and ends
  --short        2,000 residents, loaded only, in under three minutes`,
  'bench:peers': `Puts the loads that peers published on the city that \`npm start\` and \`npm run city\` run: the mix by which Open Zaak sizes its hardware at 25, 100
and 200 requests a second, its burst of new cases with their notifications, and the 1,150 users of OpenCRVS. What may be concluded from it, and what
not: docs/performance/peers.md. The city is not the same afterwards.

  --short        ten seconds for each load, two minutes in all; else a minute for each
  --seconds N    so long; --seed N the same choices`,
  'bench:growth': `Measures whether answers take longer in a larger city: the hot routes (directory, search, an offer, worklist, a case, filing an application)
of 10,000, 100,000 and 1,000,000 cases with up to 10,000,000 events in the outbox, all up at once on engines of its own and asked in turns. Half an hour, 20 GB of disk.

  --short          1,000 and 10,000 cases, under three minutes
  --sizes a,b,c    numbers of cases, ascending; --rounds N rounds that count; --seconds N of each turn; --per-second N requests; --seed N the same order
  --write          writes docs/performance/growth.md and its picture`,
  soak: `Lets the residents and staff of Elbląg work at ten times the busiest hour of docs/sizing.md on a system of its own, with a five-fold spike in
the middle, and watches whether anything grows that should not: memory of each service, warm, and after the spike; its connections to PostgreSQL and all its
sockets once nobody works any more; every table that does not hold what was done; what waits. Eight hours, two cores and some 10 GB of disk; Linux.

  --short        five minutes
  --minutes N    so long; --spike N seconds of the spike; --times N instead of ten; --seed N the same choices.
                 The memory of a run of less than four minutes is told, not judged`,
  'restore-drill': `Backs up a PostgreSQL under a load of journeys as deploy/backup does (base backup, and every commit in the archive before it is acknowledged), kills it and
removes its data at a moment nobody chose, restores it, runs after-restore, goes on, and lets an independent checker compare everything with everything:
PostgreSQL lost; NATS lost; both lost; PostgreSQL taken back to an earlier moment. A control without after-restore must be found out.

  --short          under three minutes
  --only a,b       variants: postgres, nats, both, earlier, control
  --rows N         so many rows of a kilobyte beside (a case has some eight), to measure how long a restore of that size takes; --seconds N of load before each loss
  --keep           leaves data and logs where they are; --seed N the same load`,
  canary: `Lets two people whose every datum is marked go all the way through four services, and searches for them wherever data can end up:
every table and dump, streams with headers, dead letters, logs at every level, metrics, documents, webhooks, refusals, mailboxes. Then it spoils the
log of access row by row and verifies it, erases the people, restores a dump from before and erases them there. Controls: what is put in on
purpose must be found. Engines of its own; pg_dump and psql of the server's version for dumps.

  --short          the form for CI: under a minute
  --tamperings N   times that the log is spoilt, usually 150; --seed N the same rows`,
  'bench:events': `Measures the event backbone on engines of its own, in alternating rounds, beside raw JetStream publishing, one
transaction for each message, LISTEN/NOTIFY, and pg-boss, graphile-worker and pg-transactional-outbox on the same job.
Takes about half an hour, two cores and 30 GB of disk; every figure stands beside its goal, missed or met.

  --short       the form for CI: about three minutes, figures that only roughly say where things stand
  --only a,b    parts: relay, write, consume, flow, latency, growth
  --rounds N    rounds that count; --rows N rows of the large outbox; --seed N the same order of turns`,
  'bench:search': `Measures what the search of the catalogue finds and how fast, on a PostgreSQL of its own, beside full text search without a
dictionary (all words; beginnings of any) and trigrams, on the same offers in alternating rounds.
1,000, 100,000 and 1,000,000 offers are made from a seed. Takes up to an hour, two cores and 12 GB of disk.

  --short       the form for CI: 1,000 and 20,000 offers, under a minute
  --sizes a,b   numbers of offers, ascending; --rounds N rounds that count; --seed N the same offers and queries`,
  'bench:settlement': `Measures how long it takes to settle a month of an agreement with a provider, line by line: computed and stored, handed in,
exported; and how much memory. 10,000 and 100,000 deliveries are made from a seed in a PostgreSQL of its own, and what each month
comes to is compared with what one statement adds up. Takes a few minutes.

  --short       the form for CI: 1,000 and 10,000 deliveries, under a minute
  --sizes a,b   numbers of deliveries, ascending; --rounds N rounds that count; --seed N the same deliveries`,
  'bench:messages': `Measures how fast events become mails: a burst of 3,000 events about as many people, then 20 a second for half a minute, with real
NATS and PostgreSQL of its own and a mail server that takes everything. Takes a few minutes.

  --short       the form for CI: 600 events, then five seconds
  --events N    events of the burst; --seconds N of the steady pace; --rounds N rounds that count`,
  'bench:partners': `Lets events flow to 50 subscriptions of which five fail at random, one is dead, one slow and one flaps, from two replicas that are
killed in turn, and counts what arrived where, how fast, in which order and how often. Before that it compares the dispatcher's speed
with a bare client's. Real NATS and PostgreSQL of its own; takes some five minutes.

  --short       the form for CI: 15 seconds, no kills, about a minute
  --seconds N   so long; --rate N events a second; --kills N so many; --rounds N of the comparison; --seed N the same choices`,
  fuzz: `Drives every route of the four OpenAPI documents with valid, nearly valid and hostile input, by role, and every consumer with hostile
messages; each service as a process of its own on real PostgreSQL and NATS. Whatever is refused must have changed nothing, in no table.
100,000 inputs and as many messages for each service take about an hour and two cores.

  --short         the form for CI: each route meets six kinds of bad tokens, by turns, instead of all
  --seed N        the same choices
  --service NAME  one service alone
  --inputs N, --messages N   so many for each service`,
  'upgrade-test': `Upgrades and takes back the services one by one, under load, each as two replicas behind a front that deals out connections as
a Kubernetes service does: from the version before (N-1) to this one (N) to the one after (N+1), with the others older or younger. Then every
event is looked for by the checker of \`npm run chaos\`. Real PostgreSQL and three NATS servers of its own; some ten minutes.

N-1 is a commit: the newest release, or the state before the schema or the contracts last changed. N+1 is this tree with the patches of
test/src/upgrade/next upon it: migrations that expand and one that contracts, a new event, a new field, a new consumer.

  --short      the form for CI: one service, chosen by the seed, from N to N+1 and back, alone and among the others; under three minutes
  --from REF   another commit or tag as N-1, with --short from it to this one; in a shallow clone there is none, and the test begins with N
  --control    the careless way, which must be noticed: replicas killed under their clients, a column dropped that is in use
  --load N     residents' journeys at a time; --seed N the same choices; --keep leaves data and logs`,
  scale: `Lets replicas of each service come and go under load, 1 → 2 → 4 → 2 → 1, alone and then all four together, behind fronts that deal out
connections as a Kubernetes service does; the node of NATS that everybody writes to is killed while there are most. The oldest replicas go first.
Then every event is looked for by the checker of \`npm run chaos\`. Real PostgreSQL and three NATS servers of its own; some ten minutes.

  --short      the form for CI: cases and providers together; under three minutes
  --control    the careless way, which must be noticed: replicas killed under their clients
  --load N     residents' journeys at a time; --seed N the same choices; --keep leaves data and logs`,
  'bench:start': `Measures how soon each service is ready and how much memory it keeps, idle and after a short load, started as an image starts it, beside a
Nest on Fastify with nothing in it and a Node with nothing in it; and what traces add. Real NATS and PostgreSQL of its own; some five minutes.

  --short       the form for CI: two rounds, about a minute and a half
  --rounds N    rounds that count; --idle N seconds before memory is read`,
  'bench:http': `Measures the hot routes of the directory and of cases beside the limit: the same bytes read and the same rows written by bare Fastify and
\`pg\` with prepared statements by hand. The services run as in production, with token, validation, log line, access log and outbox,
and are asked by somebody of one unit among fifty. Requests a second, latency, processor time and memory of the server. Takes ten minutes.

  --short       the form for CI: five rounds of a second after a warm-up, some four minutes
  --rounds N    rounds that count; --seconds N of each turn; --warm-up N seconds of the first, which does not count
  --clients N   that ask at once; --cases N in the database
  --only a,b    of directoryPage, offer, worklist, case, plan, application, qualification; --seed N the same offers and order
  --waiting N   applications that are there to be qualified, each once`,
  cost: `Measures what one resident's journey, one event and one webhook cost the whole system: seconds of a core, by service, PostgreSQL and
NATS; bytes that move, that the database logs, that stay; and money. On a system of its own, with rounds of journeys that one partner
hears of and that others hear of too, and of registrations, each of which is one event; what idling costs is taken off. Linux only; half an hour.

  --short          the form for CI: one round, two minutes
  --rounds N       rounds that count; --journeys N of each; --at-a-time N residents
  --vcpu N --disk N --egress N   your prices: of a vCPU and of a GB of disk for a month, of a GB that leaves; else assumed (deploy/sizing)`,
  'bench:access-log': `Measures what it costs that every look at a person leaves a row in a hash chain, in the transaction of the look: the real service of
cases over HTTP, asked by clients in a thread of their own, with the log and without in alternating rounds. Takes about three minutes.

  --short       the form for CI: under a minute
  --rounds N    rounds that count; --seconds N of each; --seed N the same order of turns`,
};

/** Commands that stand on the services and on the testing library live with the journeys. */
const elsewhere = {
  chaos: join(root, 'test', 'dist', 'chaos', 'chaos.js'),
  city: join(root, 'test', 'dist', 'city', 'city.js'),
  soak: join(root, 'test', 'dist', 'city', 'soak.js'),
  'upgrade-test': join(root, 'test', 'dist', 'upgrade', 'upgrade-test.js'),
  scale: join(root, 'test', 'dist', 'scale', 'scale.js'),
  'restore-drill': join(root, 'test', 'dist', 'restore', 'restore-drill.js'),
  fuzz: join(root, 'test', 'dist', 'fuzz', 'fuzz.js'),
  canary: join(root, 'test', 'dist', 'canary', 'canary.js'),
  'bench:events': join(root, 'test', 'dist', 'bench', 'events.js'),
  'bench:search': join(root, 'test', 'dist', 'bench', 'search', 'search.js'),
  'bench:settlement': join(root, 'test', 'dist', 'bench', 'settlement', 'settlement.js'),
  'bench:messages': join(root, 'test', 'dist', 'bench', 'messages', 'messages.js'),
  'bench:partners': join(root, 'test', 'dist', 'bench', 'partners', 'partners.js'),
  'bench:start': join(root, 'test', 'dist', 'bench', 'start', 'start.js'),
  'bench:http': join(root, 'test', 'dist', 'bench', 'http', 'http.js'),
  'bench:growth': join(root, 'test', 'dist', 'bench', 'growth', 'growth.js'),
  'bench:peers': join(root, 'test', 'dist', 'bench', 'published', 'published.js'),
  'bench:access-log': join(root, 'test', 'dist', 'bench', 'access-log', 'access-log.js'),
  cost: join(root, 'test', 'dist', 'bench', 'cost', 'cost.js'),
  powercut: join(root, 'test', 'dist', 'powercut', 'powercut.js'),
};

const [command, ...args] = process.argv.slice(2);
// It answers to --help itself, command by command, and what it answers may be read by a program.
const isOperators = command === 'okienko';
const say = isOperators ? console.error : console.log;
if (command in commands && !isOperators && (args.includes('--help') || args.includes('-h'))) {
  console.log(`npm run ${command}\n\n${commands[command]}`);
} else if (command in commands) {
  await underLock(() => {
    install();
    build();
  });
  await execute();
} else {
  console.log(`node deploy/local/run.mjs <command> [--help]\n\n  ${Object.keys(commands).join('\n  ')}`);
  process.exitCode = command === '--help' || command === '-h' ? 0 : 1;
}

function install() {
  const lockFile = readFileSync(join(root, 'package-lock.json'), 'utf8');
  const stamp = join(modules, '.okienko-installed');
  const wanted = createHash('sha256').update(lockFile).digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  if (!isInstalled(JSON.parse(lockFile).packages)) {
    // Inside an npm script npm tells where it is itself; yarn and others set the same variable.
    const npm = process.env.npm_execpath;
    const [program, first] = basename(npm ?? '') === 'npm-cli.js' ? [process.execPath, [npm]] : ['npm', []];
    step('Installing packages', program, [...first, 'ci', '--no-audit', '--no-fund'], { log: 'install.log', tail: 25 });
  }
  if (!existsSync(join(modules, 'node', 'bin', 'node'))) {
    fail(
      'npm left out the install scripts, and the pinned Node is missing: run `npm rebuild node --ignore-scripts=false`.',
    );
  }
  writeFileSync(stamp, wanted);
}

/** Whether npm has already put there what the lock file asks for, by its own record of what it did. */
function isInstalled(wanted) {
  try {
    const present = JSON.parse(readFileSync(join(modules, '.package-lock.json'), 'utf8')).packages;
    return Object.entries(wanted).every(
      ([path, entry]) =>
        !path.includes('node_modules/') ||
        entry.link ||
        entry.optional ||
        entry.peer ||
        present[path]?.version === entry.version,
    );
  } catch {
    return false;
  }
}

function build() {
  const compiler = join(modules, 'typescript', 'bin', 'tsc');
  step('Building', node(), [compiler, '--build', '--pretty', 'false'], { log: 'build.log', tail: 60 });
  if (!isOperators) step('Bundling', node(), [join(root, 'deploy', 'bundle.mjs')], { log: 'bundle.log', tail: 60 });
}

function node() {
  return join(modules, '.bin', 'node');
}

function execute() {
  const script = elsewhere[command] ?? join(here, 'dist', `${command}.js`);
  if (!existsSync(script)) fail(`There is no command \`${command}\` here yet (${script} is missing).`);
  const env = { ...process.env, PATH: `${join(modules, '.bin')}${delimiter}${process.env.PATH}` };
  // The fourth channel breaks when this process dies, whatever killed it: that is how the command learns of it.
  const child = spawn(node(), [script, ...args], { stdio: ['inherit', 'inherit', 'inherit', 'ipc'], env });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  const watch = process.env.npm_lifecycle_event && whenParentDies(() => child.kill('SIGTERM'));
  child.on('error', (error) => fail(`The pinned Node does not run: ${error.message}`));
  child.on('exit', (code, signal) => {
    clearInterval(watch);
    process.exitCode = code ?? (signal === 'SIGINT' ? 130 : 143);
  });
}

/** npm can be killed without a word to its scripts, and a shell may stand between it and them. */
function whenParentDies(act) {
  const first = lineage();
  const watch = setInterval(() => {
    if (lineage() === first) return;
    clearInterval(watch);
    act();
  }, 500);
  return watch;
}

function lineage() {
  const { ppid, platform } = process;
  if (platform !== 'linux') return String(ppid);
  try {
    return `${ppid} ${/^PPid:\s*(\d+)/m.exec(readFileSync(`/proc/${ppid}/status`, 'utf8'))?.[1]}`;
  } catch {
    return `${ppid} gone`;
  }
}

function step(title, program, parameters, { log, tail }) {
  mkdirSync(join(work, 'logs'), { recursive: true });
  const file = join(work, 'logs', log);
  const output = openSync(file, 'w');
  const started = Date.now();
  const screen = isOperators ? process.stderr : process.stdout;
  if (screen.isTTY) screen.write(`▸ ${title} … `);
  const { status, error } = spawnSync(program, parameters, { cwd: root, stdio: ['ignore', output, output] });
  const line = `${status === 0 ? '' : 'failed after '}${((Date.now() - started) / 1000).toFixed(1)} s`;
  // An operator waits without a word for less than two seconds.
  if (screen.isTTY || !isOperators || status !== 0 || Date.now() - started > 2_000)
    say(screen.isTTY ? line : `▸ ${title} … ${line}`);
  if (status === 0) return;
  const end = readFileSync(file, 'utf8').trimEnd().split('\n').slice(-tail).join('\n');
  fail(error ? `${program} cannot be run (${error.message}).` : `${title} failed; the end of ${file}:\n\n${end}`);
}

function fail(sentence) {
  releaseLock();
  console.error(`\n✗ ${sentence}`);
  process.exit(1);
}

/** One installs and builds, others wait. The lock of a process that is gone does not count. */
async function underLock(action) {
  const owner = join(lock, 'pid');
  mkdirSync(work, { recursive: true });
  for (let told = false; ;) {
    try {
      mkdirSync(lock);
      break;
    } catch (error) {
      if (error.code !== 'EEXIST') fail(`${work} cannot be written: ${error.message}`);
    }
    const pid = existsSync(owner) ? Number(readFileSync(owner, 'utf8')) : undefined;
    if (pid ? !isAlive(pid) : isOld(lock)) {
      rmSync(lock, { recursive: true, force: true });
      continue;
    }
    if (!told) say(`▸ Waiting for another command${pid ? ` (pid ${pid})` : ''} that installs or builds …`);
    told = true;
    await new Promise((wake) => setTimeout(wake, 250));
  }
  lockIsOurs = true;
  writeFileSync(owner, String(process.pid));
  action();
  releaseLock();
}

function releaseLock() {
  if (lockIsOurs) rmSync(lock, { recursive: true, force: true });
  lockIsOurs = false;
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** Without a pid the owner has only just begun, or died at once. */
function isOld(lock) {
  const found = statSync(lock, { throwIfNoEntry: false });
  return found !== undefined && Date.now() - found.mtimeMs > 5_000;
}
