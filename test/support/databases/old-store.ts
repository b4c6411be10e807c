import { sql } from 'kysely';
import { openDatabase } from '../../../src/store/drivers/database.js';
import { migrate } from '../../../src/store/migrations/migrate.js';
import { collectGarbage } from './collect-garbage.js';
import { failOnUnreadable } from '../fail-on-unreadable.js';

/** The version before notifications were deduplicated by the log: from it on, the whole log is rewritten. */
export const BEFORE_THE_LOG_IS_REWRITTEN = '0002-several-gateways';

/** Makes a store of an earlier version, whose log holds as many notifications as that version kept them. */
export async function fillOldStore(url: string, version: string, notifications: number): Promise<void> {
  const database = openDatabase(url);
  try {
    await migrate(database, { onUnreadable: failOnUnreadable, to: version });
    const content = (index: number) => {
      const notification = {
        noticeId: `notice-${index}`,
        eventType: 45,
        typeName: 'RECORDER_SNAPSHOT_FILE',
        cname: 'lesson',
        uid: '1',
        sid: 'sid',
        sequence: index,
        sendts: index,
        serviceType: 0,
        details: { type: 'RECORDER_SNAPSHOT_FILE', fileName: null },
      };
      return JSON.stringify({ kind: 'notification', notification });
    };
    for (let from = 0; from < notifications; from += 500) {
      const count = Math.min(500, notifications - from);
      const rows = Array.from({ length: count }, (_, offset) => from + offset).map(
        (index) =>
          sql`(${`id-${index}`}, 'app', 'recording', 'NOTIFICATION', 'X', 1, 1, ${content(index)}, null, 'hash', 1, 1)`,
      );
      await sql`insert into observations
        (id, app_id, recording_id, source, type, occurred_at, received_at, content, raw, hash, version, changed)
        values ${sql.join(rows)}`.execute(database.kysely);
    }
  } finally {
    await database.close();
    await collectGarbage();
  }
}
