import { type Transaction } from 'kysely';
import { emptyState } from '../../recordings/state.js';
import { type Schema } from '../migrations/schema.js';
import { type Touched } from './merge.js';
import { refold } from './refold.js';
import { type ReportUnreadable } from '../stored-json.js';
import { CONTENTS } from './stored-content.js';

/**
 * Moves the notifications of a sid from a recording to the one that they are of, and folds both again from their logs. The
 * recording that loses them has just got another sid from its start's reply, so its log is short.
 */
export async function splitRecording(
  transaction: Transaction<Schema>,
  from: Touched,
  to: Touched,
  sid: string,
  report: ReportUnreadable,
): Promise<void> {
  const rows = await transaction
    .selectFrom('observations')
    .selectAll()
    .where('recording_id', '=', from.state.id)
    .orderBy('position')
    .execute();
  const isMoved = (row: (typeof rows)[number]) => {
    const content = CONTENTS.readIfPossible(row.content, row.id, report);
    return content?.kind === 'notification' && content.notification.sid === sid;
  };
  const moved = rows.filter(isMoved);
  await transaction
    .updateTable('observations')
    .set({ recording_id: to.state.id })
    .where(
      'position',
      'in',
      moved.map(({ position }) => position),
    )
    .execute();
  for (const [touched, own] of [
    [from, rows.filter((row) => !isMoved(row))],
    [to, moved],
  ] as const) {
    const { id, appId, channel, uid, bookkeeping: held } = touched.state;
    const firstSeenAt = Number(own[0]?.occurred_at ?? touched.state.firstSeenAt);
    const state = await refold(transaction, emptyState({ id, appId, channel, uid, firstSeenAt }), own);
    const { duplicates, conflicts } = held;
    const version = Math.max(held.version, ...own.map((row) => row.version));
    const changedAt = Number(own.at(-1)?.received_at ?? state.bookkeeping.observedAt);
    const bookkeeping = { ...state.bookkeeping, version, changedAt, duplicates, conflicts };
    touched.state = { ...state, bookkeeping };
    touched.shown = 'elsewhere';
  }
  to.changedBy = { position: moved.at(-1)?.position ?? 0 };
}
