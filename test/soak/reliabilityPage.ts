import { readFileSync } from 'node:fs';
import { type FaultRow, KEPT } from '../faults/faultRows.ts';
import { markdownTable } from '../../packages/trainer/src/report/markdownTable.ts';
import type { PartRun, Soak } from './Soak.ts';
import { figure } from './soakTable.ts';

/** What each part of the soak is for, and what its figures mean. */
const PARTS: Readonly<Record<string, { readonly title: string; readonly text: string }>> = {
  kills: {
    title: 'The service is killed',
    text: `\`kill -9\` in the middle of puts, deletes and events, again and again on one store and one log; each next service is asked for what the ones before
it acknowledged. A batch that a kill cut short must be there as a whole or not at all. At the end each acknowledged event must be in the log
once, and the counters in the store the decayed number of its lines, to a part in 10⁹.`,
  },
  trainer: {
    title: 'The trainer is killed',
    text: `\`kill -9\` at random moments of \`evershelf train\`, every other time with an earlier model in the place of the new one. What is there afterwards is
no artifact, the earlier one or the new one, never half of one; the same command then goes on from the last finished stage, to the same bytes.`,
  },
  load: {
    title: 'Load, with the store restarted',
    text: `A service on Redis is loaded with lookups of 24 items, pages, changes, events and puts over 32 connections: first as fast as it can, then with 80 % of that. In
the middle Redis is ended, and started again some seconds later. Requests may fail from then until a second after it answers again; heap (after a
collection) and handles must be in the end what they were after a quarter of the time. Service, store and sender share the cores.`,
  },
  streams: {
    title: 'Open streams of changes',
    text: `Streams of one service, in memory, on the loopback. Each must tell of each change; half of them are closed, then all, and handles and heap must
be what they were before.`,
  },
  page: {
    title: 'A page that goes on and on',
    text: `Shelves that one page asks for in a row, by each engine; and visits of one browser to a shop whose items change, with two shelves a product,
cards that are drawn anew, a profile, and all that the device keeps. Heap, buffers of the GPU, nodes of the document and the database may not grow.
WebGPU is computed on the CPU here.`,
  },
  leaks: {
    title: 'The future',
    text: `What the lab measures is worth nothing where a method sees what is yet to come. All methods are trained on two logs that differ after a moment, and on baskets
whose lines stand in another order; a method that cheats is among them, and is the only one found.`,
  },
  fuzz: {
    title: 'Hostile input',
    text: `Inputs made up from the formats' own shapes, and changed further where they go a new way through the code. Each must be read, or refused with the
error that is documented.`,
  },
};

/** docs/reliability.md, of the files beside it. */
export function reliabilityPage(): string {
  const soak = JSON.parse(readFileSync('docs/reliability/soak.json', 'utf8')) as Soak;
  const faults = JSON.parse(readFileSync(KEPT, 'utf8')) as FaultRow[];
  const known = Object.keys(PARTS).filter((name) => soak[name] !== undefined);
  return [
    `# Reliability

A recommender is a guest in somebody's shop: it may show less, it may not break the page, lose what it was given, or let anyone in. This page has what was done
to find out, and what was found; all figures are of the files in \`docs/reliability\`, which the commands below write.

\`\`\`sh
npx -y pnpm soak --short          # five minutes at most, prints its table
npx -y pnpm soak                  # hours; --only kills,load for some of its parts, --write to keep what it found
\`\`\``,
    markdownTable(['what was done', 'found', 'length of the run'], headlines(soak, faults)),
    faultSection(faults),
    ...known.map((name) => partSection(name, soak[name]!)),
    DISKS,
    NOT_HELD,
  ]
    .join('\n\n')
    .concat('\n');
}

/** The figures that say most, each of its file. */
function headlines(soak: Soak, faults: readonly FaultRow[]): string[][] {
  const sum = (part: string, name: string): number =>
    soak[part]?.rows.reduce((all, { figures }) => all + (figures[name] ?? 0), 0) ?? 0;
  const line = (part: string, what: string, found: string): string[][] =>
    soak[part] === undefined ? [] : [[what, found, soak[part].length]];
  const [writes, events] = [sum('kills', 'writes acknowledged'), sum('kills', 'events acknowledged')];
  return [
    [
      'faults in the browser',
      `${faults.filter(({ survived }) => survived).length} of ${faults.length} survived`,
      'in each run of the tests',
    ],
    ...line(
      'fuzz',
      'inputs fuzzed',
      `${figure(sum('fuzz', 'inputs'))}; failures: ${figure(sum('fuzz', 'failures'))}`,
    ),
    ...line(
      'kills',
      `writes acknowledged, over ${figure(sum('kills', 'kills'))} kills`,
      `${figure(writes)}; items found otherwise: ${figure(sum('kills', 'items lost or in part'))}`,
    ),
    ...line(
      'kills',
      'events acknowledged',
      `${figure(events)}; ${figure(events - sum('kills', 'events lost'))} in the log, ${figure(sum('kills', 'events twice'))} of them twice`,
    ),
    ...line(
      'trainer',
      'trainings killed',
      `${figure(sum('trainer', 'kills'))}; half artifacts: ${figure(sum('trainer', 'half of one'))}`,
    ),
    ...line(
      'load',
      'load held, requests a second',
      `${figure(sum('load', 'requests a second'))} of a peak of ${figure(sum('load', 'peak, requests a second'))}; failed while the store was there: ${figure(sum('load', 'failed at other times'))}`,
    ),
    ...line('streams', 'streams of changes at once', figure(sum('streams', 'streams open'))),
    ...line('page', 'shelves of one page in a row', figure(sum('page', 'shelves'))),
  ];
}

function faultSection(faults: readonly FaultRow[]): string {
  const table = markdownTable(
    ['what', 'fault', 'rung', 'freshness', 'answered by', 'recovers', 'survived'],
    faults.map(({ area, fault, rung, freshness, answeredBy, recovers, survived }) => [
      ...[area, fault, rung, freshness, answeredBy, recovers],
      survived ? 'yes' : '**no**',
    ]),
  );
  return `## Faults in the browser

Each is brought about in a real browser on the built files, in every run of the tests (\`test/faults\`). In each the page's own button goes on to answer, no error is thrown and no
promise rejected unheard, and \`recommend()\` answers by its deadline, while the page's clock stands still, from the rung and with the freshness shown here. \`pnpm faults\` tries them
alone, \`pnpm faults --write\` keeps them here. Where nobody answers there was no model to answer from,
or no platform to answer with: the page is told, and has no shelf.

${table}`;
}

function partSection(name: string, { rows, date, cores, node, seconds, length }: PartRun): string {
  const { title, text } = PARTS[name]!;
  const names = Object.keys(rows[0]!.figures);
  // Few rows of many figures are read downwards.
  const isTall = rows.length < 3;
  const head = isTall ? ['', ...rows.map(({ subject }) => subject)] : ['', ...names];
  const body = isTall
    ? names.map((each) => [each, ...rows.map(({ figures }) => figure(figures[each]!))])
    : rows.map(({ subject, figures }) => [subject, ...names.map((each) => figure(figures[each]!))]);
  const broken = rows.flatMap(({ subject, broken }) => broken.map((what) => `- ${subject}: ${what}`));
  return [
    `## ${title}

${text}

\`pnpm soak --only ${name}\`, ${date}, on ${cores} cores of a shared machine, Node ${node}, ${Math.round(seconds)} s, ${length === 'long' ? 'a long run' : 'a **short** run: the long one is yet to be kept'}.`,
    markdownTable(head, body),
    ...(broken.length === 0 ? [] : [['What did not hold:', '', ...broken].join('\n')]),
  ].join('\n\n');
}

const DISKS = `## Disks that fail

Tests do it on real ones ([disk.test.ts](../packages/kv/test/disk/disk.test.ts), [damaged.test.ts](../packages/kv/test/disk/damaged.test.ts)): a small disk that is filled, one that was mounted
to be read, and, where nobody may mount one, a limit on the length of files.

${markdownTable(
  ['what befalls LMDB and the log of events', 'what the service does'],
  [
    [
      'the disk is full',
      'refuses writes and events with 503 and the reason, keeps what it acknowledged, answers reads, starts there too, and takes writes again once there is room',
    ],
    ['the disk can only be read', 'the same; it opens the file to be read'],
    [
      'pages of the file were overwritten, or it was cut short',
      'says which page is damaged, answers what is whole, refuses reads of the rest and all writes with 503, and leaves the file as it is',
    ],
    ['so that nothing of it is whole', 'does not start, and says why; the file stays as it is'],
    ['the text of a record is damaged', 'answers reads of it with 503, and all others as before'],
  ],
)}

All pages that are in use are looked at before LMDB reads them, as a wrong number in one would end the process. Which keys are under a damaged page the branches above it say.`;

const NOT_HELD = `## What does not hold

- A file of LMDB that is damaged **while** a service has it open is not looked at again: what was read is answered from memory, and a wrong number in a page may end the process. The next start
  says what is wrong. A changed digit in the text of a record is not seen: LMDB keeps no sums.
- Between the two renames that put a new artifact in the place of an earlier one, some microseconds, a kill leaves neither; the next training, also one that is interrupted then, puts the earlier one back before it begins.
- Where the disk is full, the latest acknowledged write may be in the log of steps alone: it is safe, and read once there is room.
- DynamoDB Local, Redis and Redis Cluster run on the machine of the tests; their own deaths are in [stores](stores.md).`;
