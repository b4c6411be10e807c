import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import * as z from 'zod';
import { type Log } from '../log.js';
import { TASK, type Task } from './task.js';

/** A resource that acquire reserved. Times are sandbox time. */
const RESOURCE = z.object({
  resourceId: z.string(),
  appId: z.string(),
  cname: z.string(),
  uid: z.string(),
  scene: z.number(),
  /** region of acquire, with which the storage must agree; null if acquire named none. */
  area: z.nullable(z.enum(['CN', 'AP', 'EU', 'NA'])),
  acquiredAt: z.number(),
  resourceExpiredHour: z.number(),
  /** Hash of each property of startParameter, which start must repeat. The values may be secret. */
  startParameter: z.record(z.string(), z.string()),
  /** The task that start created; null before start. */
  sid: z.nullable(z.string()),
});

export type Resource = z.infer<typeof RESOURCE>;

/** A delivery that the receiver has not accepted yet. */
const DELIVERY = z.object({
  id: z.number(),
  sid: z.string(),
  noticeId: z.string(),
  eventType: z.number(),
  /** The payload as JSON text. */
  payload: z.string(),
  /** Attempts made. */
  attempts: z.number(),
  dueAt: z.number(),
});

export type PendingDelivery = z.infer<typeof DELIVERY>;

/** A setting that is kept. It outlives a change of FORMAT: what is added to its schema has a default, or is optional. */
export interface Setting<Value> {
  name: string;
  schema: z.ZodType<Value>;
}

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS tasks (sid TEXT PRIMARY KEY, started_at INTEGER NOT NULL, value TEXT NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS resources (resource_id TEXT PRIMARY KEY, acquired_at INTEGER NOT NULL, value TEXT NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS deliveries (id INTEGER PRIMARY KEY, value TEXT NOT NULL) STRICT;
`;

/** Version of the stored tasks, resources and deliveries. Those of another version are dropped. */
const FORMAT = 2;

type Database = InstanceType<typeof DatabaseSync>;
type Statement = ReturnType<Database['prepare']>;

/**
 * Locks a data file against other sandboxes, which would run the same tasks. The lock is on a separate file, because the
 * driver keeps the locks of a closed connection until its prepared statements are garbage collected. It ends with the
 * process. Throws if another process holds it.
 */
function lockFile(file: string): Database {
  const lock = new DatabaseSync(`${file}-lock`);
  try {
    lock.exec('BEGIN EXCLUSIVE');
    return lock;
  } catch (error) {
    lock.close();
    throw error;
  }
}

interface Row {
  key: string | number;
  value: string;
}

/** A value of the data file, or what is wrong with it, without quoting it. */
function readValue<Value>(schema: z.ZodType<Value>, text: string): { value: Value } | { problem: string } {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    // The parser's own message quotes the text.
    return { problem: 'not valid JSON' };
  }
  const checked = schema.safeParse(json);
  if (checked.success) return { value: checked.data };
  return { problem: `unexpected value of ${checked.error.issues[0]?.path.join('.') || 'the whole'}` };
}

/**
 * What the sandbox keeps over a restart, as JSON by key. Each change is written at once. With WAL and synchronous NORMAL it
 * survives any end of the process, but not a power failure. Each value is checked when it is read. One that is damaged or of
 * another version is deleted, with a warning: the sandbox continues without it.
 */
export class SandboxStore {
  readonly #database: Database;
  readonly #lock: Database | null;
  readonly #log: Log;
  readonly #statements;
  #depth = 0;

  /** `file` is a path, or `:memory:`. Throws if the file is in use by another process. */
  constructor(file: string, log: Log) {
    this.#log = log;
    const kept = file !== ':memory:';
    if (kept) mkdirSync(dirname(file), { recursive: true });
    this.#lock = kept ? lockFile(file) : null;
    const database = new DatabaseSync(file);
    this.#database = database;
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;');
    database.exec(SCHEMA);
    this.#dropOtherFormats();
    this.#statements = {
      setting: database.prepare('SELECT name AS key, value FROM settings WHERE name = ?'),
      saveSetting: database.prepare('INSERT OR REPLACE INTO settings (name, value) VALUES (?, ?)'),
      deleteSetting: database.prepare('DELETE FROM settings WHERE name = ?'),
      saveTask: database.prepare('INSERT OR REPLACE INTO tasks (sid, started_at, value) VALUES (?, ?, ?)'),
      deleteTask: database.prepare('DELETE FROM tasks WHERE sid = ?'),
      tasks: database.prepare('SELECT sid AS key, value FROM tasks ORDER BY started_at, rowid'),
      saveResource: database.prepare(
        'INSERT OR REPLACE INTO resources (resource_id, acquired_at, value) VALUES (?, ?, ?)',
      ),
      deleteResource: database.prepare('DELETE FROM resources WHERE resource_id = ?'),
      resources: database.prepare(
        'SELECT resource_id AS key, value FROM resources ORDER BY acquired_at, rowid',
      ),
      saveDelivery: database.prepare('INSERT OR REPLACE INTO deliveries (id, value) VALUES (?, ?)'),
      deleteDelivery: database.prepare('DELETE FROM deliveries WHERE id = ?'),
      deliveries: database.prepare('SELECT id AS key, value FROM deliveries ORDER BY id'),
    };
  }

  /** Runs `work` in one transaction; inner calls join the outer one. */
  transaction<T>(work: () => T): T {
    if (this.#depth > 0) return work();
    this.#depth++;
    this.#database.exec('BEGIN IMMEDIATE');
    try {
      const result = work();
      this.#database.exec('COMMIT');
      return result;
    } catch (error) {
      this.#database.exec('ROLLBACK');
      throw error;
    } finally {
      this.#depth--;
    }
  }

  /** A saved setting, or null. */
  setting<Value>({ name, schema }: Setting<Value>): Value | null {
    const rows = this.#statements.setting.all(name);
    return this.#read('settings', schema, rows, this.#statements.deleteSetting)[0] ?? null;
  }

  saveSetting<Value>({ name }: Setting<Value>, value: NoInfer<Value>): void {
    this.#statements.saveSetting.run(name, JSON.stringify(value));
  }

  deleteSetting({ name }: Setting<unknown>): void {
    this.#statements.deleteSetting.run(name);
  }

  tasks(): Task[] {
    const { tasks, deleteTask } = this.#statements;
    return this.#read('tasks', TASK, tasks.all(), deleteTask);
  }

  saveTask(task: Task): void {
    this.#statements.saveTask.run(task.sid, task.startedAt, JSON.stringify(task));
  }

  deleteTask(sid: string): void {
    this.#statements.deleteTask.run(sid);
  }

  resources(): Resource[] {
    const { resources, deleteResource } = this.#statements;
    return this.#read('resources', RESOURCE, resources.all(), deleteResource);
  }

  saveResource(resource: Resource): void {
    this.#statements.saveResource.run(resource.resourceId, resource.acquiredAt, JSON.stringify(resource));
  }

  deleteResource(resourceId: string): void {
    this.#statements.deleteResource.run(resourceId);
  }

  deliveries(): PendingDelivery[] {
    const { deliveries, deleteDelivery } = this.#statements;
    return this.#read('deliveries', DELIVERY, deliveries.all(), deleteDelivery);
  }

  saveDelivery(delivery: PendingDelivery): void {
    this.#statements.saveDelivery.run(delivery.id, JSON.stringify(delivery));
  }

  deleteDelivery(id: number): void {
    this.#statements.deleteDelivery.run(id);
  }

  /** Deletes tasks, resources and deliveries, but not settings. */
  clear(): void {
    this.#database.exec('DELETE FROM tasks; DELETE FROM resources; DELETE FROM deliveries;');
  }

  close(): void {
    this.#database.close();
    this.#lock?.close();
  }

  #dropOtherFormats(): void {
    const { user_version: version } = this.#database.prepare('PRAGMA user_version').get() as {
      user_version: number;
    };
    if (version === FORMAT) return;
    // A new file has version 0.
    if (version !== 0) this.#log('warn', 'store.dropped', { format: version, expected: FORMAT });
    this.clear();
    this.#database.exec(`PRAGMA user_version = ${FORMAT}`);
  }

  #read<Value>(table: string, schema: z.ZodType<Value>, rows: unknown[], remove: Statement): Value[] {
    return (rows as Row[]).flatMap(({ key, value }) => {
      const read = readValue(schema, value);
      if ('value' in read) return [read.value];
      this.#log('warn', 'store.unreadable', { table, key, problem: read.problem });
      remove.run(key);
      return [];
    });
  }
}
