import { type CallResult } from '@agora-recording-gateway/agora/client/client';
import {
  type AcquireBody,
  type AgoraRequest,
  type StartParameters,
} from '@agora-recording-gateway/agora/client/requests';
import { type Mode } from '@agora-recording-gateway/agora/tables/operations';
import { type Answers } from './answers.js';
import { type Caller } from './exchange.js';
import { noteReply } from './shown-by-reply.js';

/** A recording that the series has started. */
export interface Started {
  resourceId: string;
  sid: string;
  mode: Mode;
  uid: string;
}

export interface RecorderParts {
  caller: Caller;
  answers: Answers;
  appId: string;
  channel: string;
  /** The uid of the first recorder; each further one has the next. */
  firstUid: number;
  storageConfig: StartParameters['storageConfig'];
  /** A token with which a recorder joins the channel; null where the project needs none. */
  token: (uid: string) => string | null;
  /** Unix milliseconds. */
  now: () => number;
}

export type StartRequest = Omit<StartParameters, 'storageConfig' | 'token'>;

/** A recording ends after this long without users, in case the series cannot stop it. Seconds. */
export const IDLE_SECONDS = 30;

/** The calls that the series consists of, each about a recording that it started. */
export class Recorder {
  readonly #parts: RecorderParts;
  /** Those that were not stopped yet, by sid, with when they were started. */
  readonly #running = new Map<string, { started: Started; since: number }>();
  #nextUid: number;
  #recordedMs = 0;

  constructor(parts: RecorderParts) {
    this.#parts = parts;
    this.#nextUid = parts.firstUid;
  }

  /** For how long recordings ran in all. Real milliseconds. */
  get recordedMs(): number {
    return this.#recordedMs;
  }

  newUid(): string {
    const uid = this.#nextUid;
    this.#nextUid += 1;
    return String(uid);
  }

  /** The parameters of a start, complete. */
  parameters(uid: string, request: StartRequest): StartParameters {
    const token = this.#parts.token(uid);
    return { ...(token === null ? {} : { token }), ...request, storageConfig: this.#parts.storageConfig };
  }

  async acquire(
    step: string,
    uid: string,
    scene: number,
    { startParameter, contentType }: { startParameter?: Partial<StartParameters>; contentType?: string } = {},
  ): Promise<CallResult> {
    const { appId, channel: cname } = this.#parts;
    const clientRequest: AcquireBody['clientRequest'] = {
      scene,
      resourceExpiredHour: 1,
      ...(startParameter === undefined ? {} : { startParameter }),
    };
    return await this.#call(
      step,
      { operation: 'acquire', appId, body: { cname, uid, clientRequest } },
      contentType === undefined ? {} : { contentType },
    );
  }

  /** Sends a start with a resource. `started` is null if Agora did not start a recording. */
  async startWith(
    step: string,
    resourceId: string,
    { mode, uid }: { mode: Mode; uid: string },
    parameters: StartParameters,
  ): Promise<{ result: CallResult; started: Started | null }> {
    const { appId, channel: cname } = this.#parts;
    const body = { cname, uid, clientRequest: parameters };
    const result = await this.#call(step, { operation: 'start', appId, resourceId, mode, body });
    const sid = result.answered && result.httpStatus === 200 ? result.reply.sid : null;
    if (sid === null) return { result, started: null };
    const started = { resourceId, sid, mode, uid };
    this.#running.set(sid, { started, since: this.#parts.now() });
    return { result, started };
  }

  async query(step: string, { resourceId, sid, mode }: Started): Promise<CallResult> {
    const { appId } = this.#parts;
    return await this.#call(step, { operation: 'query', appId, resourceId, sid, mode });
  }

  /** Stops a recording. `isAsync`: without waiting for its files. */
  async stop(step: string, { resourceId, sid, mode, uid }: Started, isAsync = false): Promise<CallResult> {
    const { appId, channel: cname, now } = this.#parts;
    const body = { cname, uid, clientRequest: { async_stop: isAsync } };
    const result = await this.#call(step, { operation: 'stop', appId, resourceId, sid, mode, body });
    const running = this.#running.get(sid);
    if (running !== undefined) {
      this.#recordedMs += now() - running.since;
      this.#running.delete(sid);
    }
    return result;
  }

  /** Stops what still runs, after a failure too. */
  async stopAll(): Promise<void> {
    for (const { started } of this.#running.values()) await this.stop('what was left is stopped', started);
  }

  async #call(
    step: string,
    request: AgoraRequest,
    options: { contentType?: string } = {},
  ): Promise<CallResult> {
    const result = await this.#parts.caller.call(step, request, options);
    noteReply(this.#parts.answers, request, result);
    return result;
  }
}
