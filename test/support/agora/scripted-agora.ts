import { createServer } from 'node:http';
import { type AddressInfo } from 'node:net';
import { OPERATIONS, type Operation } from '@agora-recording-gateway/agora/tables/operations';

/** What Agora answers to one call; `lost` closes the connection after the request has arrived. */
export type ScriptedReply = { status: number; body: Record<string, unknown> } | 'lost';

export interface ReceivedCall {
  operation: Operation;
  body: Record<string, unknown>;
  /** Of the path; null for acquire. */
  resourceId: string | null;
}

/** A server in place of Agora that answers as a test says, for rules about one reply or about their order. */
export interface ScriptedAgora {
  url: string;
  calls: ReceivedCall[];
  /** How often an operation was called. */
  count(operation: Operation): number;
  /** The next answers to an operation; after them it succeeds again. */
  answer(operation: Operation, ...replies: ScriptedReply[]): void;
  /** Runs when a call of the operation has arrived, before it is answered. */
  onCall(operation: Operation, work: (call: ReceivedCall) => Promise<void>): void;
  close(): Promise<void>;
}

export const SID = '38f8e3cfdc474cd56fc1ceba380d7e1a';

/** A refusal as Agora sends it. */
export const refusal = (status: number, code: number, reason = '') => ({ status, body: { code, reason } });

/** A 404: the operation is for a recording that Agora does not know. */
export const NOT_FOUND = refusal(404, 404, 'failed to find worker');

/** What the operation answers when all is well. Each acquire gives another resource. */
function success(
  operation: Operation,
  { body, resourceId }: ReceivedCall,
  acquired: number,
): Record<string, unknown> {
  const place = { cname: body.cname ?? 'lesson', uid: body.uid ?? '1', resourceId };
  switch (operation) {
    case 'acquire':
      return { cname: place.cname, uid: place.uid, resourceId: `resource-${acquired}` };
    case 'query':
      return { resourceId, sid: SID, serverResponse: { status: 4, fileListMode: 'json', fileList: [] } };
    case 'stop':
      return { ...place, sid: SID, serverResponse: { uploadingStatus: 'uploaded', fileList: [] } };
    default:
      return { ...place, sid: SID };
  }
}

/** The operation and resource of a path such as `/v1/apps/APP/cloud_recording/resourceid/R/mode/mix/start`. */
function readPath(path: string): Pick<ReceivedCall, 'operation' | 'resourceId'> {
  const last = path.split('/').at(-1) ?? '';
  const operation = (Object.keys(OPERATIONS) as Operation[]).find((name) => name === last);
  if (operation === undefined) throw new Error(`No operation is at ${path}.`);
  return { operation, resourceId: /\/resourceid\/([^/]+)/.exec(path)?.[1] ?? null };
}

export async function scriptedAgora(): Promise<ScriptedAgora> {
  const calls: ReceivedCall[] = [];
  const replies = new Map<Operation, ScriptedReply[]>();
  const work = new Map<Operation, (call: ReceivedCall) => Promise<void>>();
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const text = Buffer.concat(chunks).toString();
      const body = text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
      const call: ReceivedCall = { ...readPath(request.url ?? ''), body };
      const { operation } = call;
      calls.push(call);
      const acquired = calls.filter((other) => other.operation === 'acquire').length;
      const reply = replies.get(operation)?.shift() ?? {
        status: 200,
        body: success(operation, call, acquired),
      };
      const before = work.get(operation);
      void (before?.(call) ?? Promise.resolve()).finally(() => {
        if (reply === 'lost') request.socket.destroy();
        else
          response
            .writeHead(reply.status, { 'content-type': 'application/json' })
            .end(JSON.stringify(reply.body));
      });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    count: (operation) => calls.filter((call) => call.operation === operation).length,
    answer(operation, ...more) {
      replies.set(operation, [...(replies.get(operation) ?? []), ...more]);
    },
    onCall: (operation, before) => void work.set(operation, before),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
