import { describe, expect, it } from 'vitest';
import { anotherRecording } from '../src/client/named-recording.js';
import { readReply } from '../src/client/reply.js';
import { type AgoraRequest } from '../src/client/requests.js';

const query = { operation: 'query', appId: 'app', resourceId: 'resource-a', sid: 'a', mode: 'mix' } as const;
const stop: AgoraRequest = {
  ...query,
  operation: 'stop',
  body: { cname: 'lesson', uid: '7', clientRequest: { async_stop: false } },
};
const start: AgoraRequest = {
  operation: 'start',
  appId: 'app',
  resourceId: 'resource-a',
  mode: 'mix',
  body: { cname: 'lesson', uid: '7', clientRequest: { storageConfig: {} as never } },
};
const acquire: AgoraRequest = {
  operation: 'acquire',
  appId: 'app',
  body: { cname: 'lesson', uid: '7', clientRequest: { scene: 0, resourceExpiredHour: 24 } },
};

function another(request: AgoraRequest, body: object) {
  return anotherRecording(request, readReply(JSON.stringify(body)).reply);
}

// A query of one running recording that was answered with the ids of another made one recording of the two.
describe('A reply is about another recording than the one asked for', () => {
  it.each<[string, AgoraRequest, object]>([
    ['it names another sid', query, { sid: 'b', cname: 'lesson', uid: '7', resourceId: 'resource-a' }],
    ['it names another sid and nothing else', stop, { sid: 'b' }],
    ['it names no sid, but another resource id', query, { resourceId: 'resource-b' }],
    ['it names nothing but another channel', stop, { cname: 'other', uid: '7' }],
    ['it names nothing but another uid', stop, { cname: 'lesson', uid: 8 }],
    ["start's reply names another resource", start, { resourceId: 'resource-b', sid: 'b' }],
    ["start's reply names another channel", start, { cname: 'other', sid: 'b' }],
    ["acquire's reply names another channel", acquire, { cname: 'other', uid: '7', resourceId: 'b' }],
    ["acquire's reply names another uid", acquire, { resourceId: 'b', uid: '8' }],
  ])('if %s', (_what, request, body) => {
    const { sid, cname, uid } = readReply(JSON.stringify(body)).reply;
    expect(another(request, body)).toEqual({ sid, channel: cname, uid });
  });

  it.each<[string, AgoraRequest, object]>([
    ['it names nothing', query, { serverResponse: { status: 5 } }],
    ['its sid is empty, as in failed starts', start, { resourceId: 'resource-a', sid: '', code: 15 }],
    ['its sid is the one asked for, however it spells the channel', stop, { sid: 'a', cname: 'LESSON' }],
    [
      "start's reply gives the new sid",
      start,
      { resourceId: 'resource-a', sid: 'b', cname: 'lesson', uid: 7 },
    ],
    ["acquire's reply gives the resource", acquire, { cname: 'lesson', uid: '7', resourceId: 'b' }],
    ["acquire's reply gives the resource and names nothing", acquire, { resourceId: 'b' }],
    ['it is about no recording at all', { operation: 'ncsIp' }, { sid: 'b' }],
  ])('but not if %s', (_what, request, body) => {
    expect(another(request, body)).toBeNull();
  });
});
