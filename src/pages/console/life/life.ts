/** An event as far as it is drawn. */
export interface LifeEvent {
  id: string;
  type: string;
  occurredAt: string;
  title: string;
  detail: string;
  /** What a stream did: of a notification about one. */
  stream?: { uid: string; kind: 'audio' | 'video'; isOn: boolean };
  /** The phase that it proves; null if it proves none. */
  proves: string | null;
  outage?: { from: string; to: string };
}

/** A call to Agora, with its times; null where they are not known. */
export interface LifeCall {
  id: string;
  name: string;
  why: string | null;
  requestedAt: string | null;
  sentAt: string | null;
  answeredAt: string | null;
  result: string;
  isFailure: boolean;
}

export interface LifeFile {
  name: string;
  at: string;
}

/** What is known of a recording, as it is drawn. Times are of the gateway's clock. */
export interface LifeSource {
  phase: string;
  startedAt: string;
  endedAt: string | null;
  /** Until when it was observed. */
  observedAt: string;
  events: readonly LifeEvent[];
  calls: readonly LifeCall[];
  files: readonly LifeFile[];
}

/** Something that lasted. Unix milliseconds. */
export interface Span {
  from: number;
  to: number;
  /** For its colour. */
  tone: string;
  text: string;
}

/** Something that happened at a moment. */
export interface Mark {
  at: number;
  tone: 'plain' | 'failure';
  text: string;
}

export interface Lane {
  name: string;
  spans: readonly Span[];
  marks: readonly Mark[];
}

export interface Life {
  from: number;
  to: number;
  lanes: readonly Lane[];
}

/** Phases in the order in which a recording passes them; it never goes back to one that is earlier by evidence. */
const ORDER = ['STARTING', 'RECORDING', 'STOPPING', 'UPLOADING', 'ENDED'];

const FINAL = ['COMPLETED', 'FAILED', 'LOST'];

/** Users whose streams have lanes; of the others their number is given. */
const MAX_USERS = 12;

const ms = (at: string) => Date.parse(at);

const inWords = (name: string) => name.charAt(0) + name.slice(1).toLowerCase();

/** Since when it was in which phase: each begins with the earliest event that proves it or a later one. */
function phaseSpans({ events, startedAt }: LifeSource, end: number): Span[] {
  const begins: { phase: string; at: number; why: string }[] = [
    { phase: 'STARTING', at: ms(startedAt), why: 'the start' },
  ];
  const sorted = events
    .filter(({ proves }) => proves !== null)
    .sort((left, right) => ms(left.occurredAt) - ms(right.occurredAt));
  for (const { proves, occurredAt, title } of sorted) {
    const last = begins.at(-1)?.phase ?? '';
    if (proves === null || ORDER.indexOf(proves) <= ORDER.indexOf(last)) continue;
    begins.push({ phase: proves, at: ms(occurredAt), why: title });
  }
  return begins.flatMap(({ phase, at, why }, index) => {
    if (phase === 'ENDED') return [];
    const to = Math.max(at, begins[index + 1]?.at ?? end);
    return [{ from: at, to, tone: phase, text: `${inWords(phase)}, proven by ${why}` }];
  });
}

/** The end, if there is one yet. */
function endMarks({ phase, endedAt }: LifeSource, end: number): Mark[] {
  if (!FINAL.includes(phase)) return [];
  const tone = phase === 'COMPLETED' ? 'plain' : 'failure';
  return [{ at: endedAt === null ? end : ms(endedAt), tone, text: inWords(phase) }];
}

/** When each stream of a user was received. */
function streamLanes({ events }: LifeSource, end: number): Lane[] {
  const byUser = new Map<string, Span[]>();
  const open = new Map<string, Span>();
  for (const { stream, occurredAt } of events) {
    if (stream === undefined) continue;
    const { uid, kind, isOn } = stream;
    const key = `${uid} ${kind}`;
    const running = open.get(key);
    if (isOn && running === undefined) {
      const span = { from: ms(occurredAt), to: end, tone: kind, text: kind };
      open.set(key, span);
      byUser.set(uid, [...(byUser.get(uid) ?? []), span]);
    } else if (!isOn && running !== undefined) {
      running.to = ms(occurredAt);
      open.delete(key);
    }
  }
  const lanes = [...byUser].map(([uid, spans]) => ({ name: `uid ${uid}`, spans, marks: [] }));
  if (lanes.length <= MAX_USERS) return lanes;
  const rest = lanes.length - MAX_USERS;
  return [...lanes.slice(0, MAX_USERS), { name: `and ${rest} more users`, spans: [], marks: [] }];
}

/** How long each call waited for its permit, and for its reply. */
function callLane(calls: readonly LifeCall[]): Lane {
  const spans: Span[] = [];
  const marks: Mark[] = [];
  for (const { name, why, requestedAt, sentAt, answeredAt, result, isFailure } of calls) {
    const begun = requestedAt ?? sentAt;
    if (begun === null) continue;
    const sent = ms(sentAt ?? begun);
    const waited = sent - ms(begun);
    const reason = why === null ? '' : `, ${why}`;
    const wait = waited > 0 ? `, waited ${(waited / 1_000).toFixed(2)} s for a permit` : '';
    if (waited > 0)
      spans.push({ from: ms(begun), to: sent, tone: 'wait', text: `${name}: waits for a permit` });
    if (answeredAt !== null)
      spans.push({ from: sent, to: ms(answeredAt), tone: 'call', text: `${name}: waits for the reply` });
    marks.push({
      at: sent,
      tone: isFailure ? 'failure' : 'plain',
      text: `${name}${reason}: ${result}${wait}`,
    });
  }
  return { name: 'Calls', spans, marks };
}

function markLane(name: string, events: readonly LifeEvent[], tone: Mark['tone']): Lane {
  const marks = events.map(({ occurredAt, title, detail }) => ({
    at: ms(occurredAt),
    tone,
    text: detail === '' ? title : `${title}: ${detail}`,
  }));
  return { name, spans: [], marks };
}

/** The life of a recording as lanes of a picture. Lanes without anything are left out. */
export function lifeOf(source: LifeSource): Life {
  const { events, files, calls, startedAt, endedAt, observedAt } = source;
  const times = [
    ms(observedAt),
    ...events.map(({ occurredAt }) => ms(occurredAt)),
    ...(endedAt === null ? [] : [ms(endedAt)]),
  ];
  const from = Math.min(ms(startedAt), ...times);
  const to = Math.max(from + 1_000, ...times);
  const end = endedAt === null ? to : ms(endedAt);
  const outages = events.flatMap(({ outage }) => (outage === undefined ? [] : [outage]));
  const lanes: Lane[] = [
    { name: 'Phase', spans: phaseSpans(source, end), marks: endMarks(source, end) },
    ...streamLanes(source, end),
    markLane(
      'Slices',
      events.filter(({ type }) => type === 'RECORDER_SLICE_START'),
      'plain',
    ),
    {
      name: 'Files',
      spans: [],
      marks: files.map(({ name, at }) => ({ at: ms(at), tone: 'plain' as const, text: name })),
    },
    callLane(calls),
    markLane(
      'Gaps',
      events.filter(({ type }) => type === 'SEQUENCE_GAP'),
      'failure',
    ),
    {
      name: 'Outages',
      spans: outages.map((outage) => ({
        from: Math.max(from, ms(outage.from)),
        to: Math.min(to, ms(outage.to)),
        tone: 'outage',
        text: 'The gateway did not run, or had no store',
      })),
      marks: [],
    },
    markLane(
      'Errors',
      events.filter(({ type }) => type === 'CLOUD_RECORDING_ERROR'),
      'failure',
    ),
  ];
  return {
    from,
    to,
    lanes: lanes.filter(
      ({ name, spans, marks }) => spans.length > 0 || marks.length > 0 || name.startsWith('and '),
    ),
  };
}
