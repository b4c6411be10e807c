import { EVENT_TYPES } from '@agora-recording-gateway/agora/tables/event-types';
import { ALL_REPLIES } from '@agora-recording-gateway/agora/tables/reply-meanings';
import { FAILOVER_MS } from '@agora-recording-gateway/agora/tables/operations';
import { SERVICE_STATUSES } from '@agora-recording-gateway/agora/tables/service-status';
import { RANK, RANK_OF_EVENT, type Rank, rankOfStatus } from './fold/evidence.js';
import { SIGN_OF_ERROR, SIGN_OF_WEB_CODE } from './fold/end-signs.js';
import { PROBLEMS } from './problems.js';
import * as policy from './policy/next-step.js';
import { END_REASONS, isFault, type RecordingEndReason, SIGNS_OF_REASON } from './view/end-reason.js';
import { DEADLINE_IMPLICATIONS } from './view/infer-phase.js';

/** The tables of docs/recording-lifecycle.md, written by `npm run docs`. */

function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(header), line(header.map(() => '---')), ...rows.map(line)].join('\n');
}

const PHASE_OF_RANK: Readonly<Record<Rank, string>> = {
  [RANK.STARTING]: 'STARTING',
  [RANK.RECORDING]: 'RECORDING, or PAUSED',
  [RANK.STOPPING]: 'STOPPING',
  [RANK.UPLOADING]: 'UPLOADING',
  [RANK.ENDED]: 'COMPLETED, or FAILED',
};

/** What proves which phase: from the tables of evidence. */
export function evidenceTable(): string {
  const events = EVENT_TYPES.flatMap(({ code, name }) =>
    Object.hasOwn(RANK_OF_EVENT, name)
      ? [{ rank: RANK_OF_EVENT[name as keyof typeof RANK_OF_EVENT], text: `${code} ${name}` }]
      : [],
  );
  const statuses = SERVICE_STATUSES.flatMap(({ code, name }) => {
    const rank = rankOfStatus(code);
    return rank === null ? [] : [{ rank, text: `${code} ${name}` }];
  });
  const of = (facts: readonly { rank: Rank; text: string }[], rank: Rank) =>
    facts
      .filter((fact) => fact.rank === rank)
      .map(({ text }) => text)
      .join(', ');
  return table(
    ['phase', 'notifications that prove it', "`status` of a query's reply that proves it"],
    Object.values(RANK).map((rank) => [PHASE_OF_RANK[rank], of(events, rank), of(statuses, rank)]),
  );
}

/** Replies of stop that are not a plain success, and what is concluded from them. */
export function stopTable(): string {
  const rows = ALL_REPLIES.filter(({ operation }) => operation === 'stop').map(
    ({ httpStatus, code, name, verdict }) => [
      code === null ? String(httpStatus) : `${httpStatus}, code ${code}`,
      name,
      verdict,
    ],
  );
  return table(['reply', 'name', 'verdict'], rows);
}

function time(ms: number): string {
  if (ms % 3_600_000 === 0) return `${ms / 3_600_000} h`;
  return ms % 60_000 === 0 ? `${ms / 60_000} min` : `${ms / 1_000} s`;
}

/** When the gateway queries Agora on its own, and which silence it draws conclusions from. */
export function timesTable(): string {
  const names = policy.FILE_NAMES_DELAY_MS;
  return table(
    ['what', 'time'],
    [
      [
        'Queries that confirm a start, after Agora accepted it',
        policy.CONFIRMATION_DELAYS_MS.map(time).join(', '),
      ],
      [
        'Query for the names of the first files, after the start',
        `${time(names.mix)}, individual mode ${time(names.individual)}`,
      ],
      ['A start that nothing confirms counts as failed', time(policy.START_CONFIRMATION_TIMEOUT_MS)],
      ['Queries of a start that is still STARTING after that', `every ${time(policy.STARTING_INTERVAL_MS)}`],
      ['Queries of a start that counts as failed', `every ${time(policy.FAILED_START_INTERVAL_MS)}`],
      ['Queries of a running recording', `every ${time(policy.HEARTBEAT_MS)}`],
      ['Queries while Agora answers 404', `every ${time(policy.NOT_FOUND_INTERVAL_MS)}`],
      ['404 for this long: the recording has ended', time(FAILOVER_MS)],
      ['A gap in the notifications is reported', `after ${time(policy.GAP_REPORT_DELAY_MS)}`],
      [
        'Queries because of a gap or an overdue progress report',
        `at most every ${time(policy.GAP_QUERY_INTERVAL_MS)}`,
      ],
      ['A progress report (event 33) is overdue', `after ${time(policy.PROGRESS_TIMEOUT_MS)}`],
      ['After a stop, no report of the end: the end is inferred', time(policy.END_REPORT_TIMEOUT_MS)],
      [
        'A recording that cannot be queried, without any sign, counts as ended',
        time(policy.SILENCE_TIMEOUT_MS),
      ],
      ['The same once progress was reported', time(policy.SILENCE_AFTER_PROGRESS_TIMEOUT_MS)],
      ['Temporary credentials of the storage are renewed', `every ${time(policy.RENEWAL_INTERVAL_MS)}`],
    ],
  );
}

/** What each deadline implies once it has passed. */
export function deadlinesTable(): string {
  return table(
    ['deadline', 'implies'],
    Object.entries(DEADLINE_IMPLICATIONS).map(([name, implies]) => [name, implies]),
  );
}

function phaseOfReason(reason: RecordingEndReason): string {
  if (isFault(reason)) return 'FAILED';
  return reason === 'UNKNOWN' ? 'COMPLETED, or LOST' : 'COMPLETED';
}

/** The reasons of an end, with the error events that give them. */
export function endReasonsTable(): string {
  const errors = (reason: string) => {
    const signs = SIGNS_OF_REASON[reason as RecordingEndReason] ?? [];
    const named = Object.entries(SIGN_OF_ERROR).filter(([, sign]) => signs.includes(sign));
    return [
      ...named.map(([error]) => `1 ${error}`),
      ...(signs.includes('OTHER_ERROR') ? ['1 with any other error'] : []),
    ];
  };
  const webCodes = (reason: string) =>
    Object.entries(SIGN_OF_WEB_CODE).flatMap(([code, sign]) =>
      sign === reason ? [`71 with code ${code}`] : [],
    );
  return table(
    ['endReason', 'meaning', 'phase', 'error events that show it'],
    Object.entries(END_REASONS).map(([reason, meaning]) => [
      reason,
      meaning,
      phaseOfReason(reason as RecordingEndReason),
      [...errors(reason), ...webCodes(reason)].join(', '),
    ]),
  );
}

/** The kinds of problems of a recording: a section of docs/errors.md. */
export function problemsTable(): string {
  return table(
    ['code', 'severity', 'meaning'],
    Object.entries(PROBLEMS).map(([code, { severity, description }]) => [
      `\`${code}\``,
      severity,
      description,
    ]),
  );
}
