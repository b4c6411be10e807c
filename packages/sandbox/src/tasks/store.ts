import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { type Area } from '@agora-recording-gateway/agora/tables/storage-vendors';
import { type Task } from './task.js';

/** A resource that acquire reserved. Times are sandbox time. */
export interface Resource {
  resourceId: string;
  appId: string;
  cname: string;
  uid: string;
  scene: number;
  /** region of acquire, with which the storage must agree; null if acquire named none. */
  area: Area;
  acquiredAt: number;
  resourceExpiredHour: number;
  /** Hash of each property of startParameter, which start must repeat. The values may be secret. */
  startParameter: Record<string, string>;
  /** The task that start created; null before start. */
  sid: string | null;
}

/** A delivery that the receiver has not accepted yet. */
export interface PendingDelivery {
  id: number;
  sid: string;
  noticeId: string;
  eventType: number;
  /** The payload as JSON text. */
  payload: string;
  /** Attempts made. */
  attempts: number;
  dueAt: number;
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

interface ValueRow {
  value: string;
}

/**
 * What the sandbox keeps over a restart, as JSON by key. Each change is written at once. With WAL and synchronous NORMAL it
 * survives any end of the process, but not a power failure.
 */
export class SandboxStore {
  readonly #database: Database;
  readonly #lock: Database | null;
  readonly #statements;
  #depth = 0;

  /** `file` is a path, or `:memory:`. Throws if the file is in use by another process. */
  constructor(file: string) {
    const kept = file !== ':memory:';
    if (kept) mkdirSync(dirname(file), { recursive: true });
    this.#lock = kept ? lockFile(file) : null;
    const database = new DatabaseSync(file);
    this.#database = database;
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;');
    database.exec(SCHEMA);
    this.#dropOtherFormats();
    this.#statements = {
      setting: database.prepare('SELECT value FROM settings WHERE name = ?'),
      saveSetting: database.prepare('INSERT OR REPLACE INTO settings (name, value) VALUES (?, ?)'),
      deleteSetting: database.prepare('DELETE FROM settings WHERE name = ?'),
      saveTask: database.prepare('INSERT OR REPLACE INTO tasks (sid, started_at, value) VALUES (?, ?, ?)'),
      deleteTask: database.prepare('DELETE FROM tasks WHERE sid = ?'),
      tasks: database.prepare('SELECT value FROM tasks ORDER BY started_at, rowid'),
      saveResource: database.prepare(
        'INSERT OR REPLACE INTO resources (resource_id, acquired_at, value) VALUES (?, ?, ?)',
      ),
      deleteResource: database.prepare('DELETE FROM resources WHERE resource_id = ?'),
      resources: database.prepare('SELECT value FROM resources ORDER BY acquired_at, rowid'),
      saveDelivery: database.prepare('INSERT OR REPLACE INTO deliveries (id, value) VALUES (?, ?)'),
      deleteDelivery: database.prepare('DELETE FROM deliveries WHERE id = ?'),
      deliveries: database.prepare('SELECT value FROM deliveries ORDER BY id'),
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
  setting<T>(name: string): T | null {
    const row = this.#statements.setting.get(name) as ValueRow | undefined;
    return row === undefined ? null : (JSON.parse(row.value) as T);
  }

  saveSetting(name: string, value: unknown): void {
    this.#statements.saveSetting.run(name, JSON.stringify(value));
  }

  deleteSetting(name: string): void {
    this.#statements.deleteSetting.run(name);
  }

  tasks(): Task[] {
    return this.#read<Task>(this.#statements.tasks.all());
  }

  saveTask(task: Task): void {
    this.#statements.saveTask.run(task.sid, task.startedAt, JSON.stringify(task));
  }

  deleteTask(sid: string): void {
    this.#statements.deleteTask.run(sid);
  }

  resources(): Resource[] {
    return this.#read<Resource>(this.#statements.resources.all());
  }

  saveResource(resource: Resource): void {
    this.#statements.saveResource.run(resource.resourceId, resource.acquiredAt, JSON.stringify(resource));
  }

  deleteResource(resourceId: string): void {
    this.#statements.deleteResource.run(resourceId);
  }

  deliveries(): PendingDelivery[] {
    return this.#read<PendingDelivery>(this.#statements.deliveries.all());
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
    this.clear();
    this.#database.exec(`PRAGMA user_version = ${FORMAT}`);
  }

  #read<T>(rows: unknown[]): T[] {
    return (rows as ValueRow[]).map((row) => JSON.parse(row.value) as T);
  }
}
