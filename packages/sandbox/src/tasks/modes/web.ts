import { redactText } from '@agora-recording-gateway/agora/redaction/redact';
import { checkWebStart } from '../../api/checks/web-start.js';
import { checkWebUpdate } from '../../api/checks/web-update.js';
import { events, type WebStopCode } from '../../notifications/events.js';
import { webFiles, webPlaylistName } from '../../files/web-files.js';
import { type Task, type WebState } from '../task.js';
import { type Actions, taskLifecycle, runAction } from './lifecycle.js';
import { type ModeOptions, type RecordingMode } from './mode.js';
import { TIMES } from './times.js';
import { webPush } from './web-push.js';

function stateOf(task: Task): WebState {
  if (task.web === undefined) throw new Error(`Task ${task.sid} is not in web mode.`);
  return task.web;
}

/** Actions of an open page, on the server that opened it. */
const ACTIONS_OF_PAGE = ['nextMp4', 'unreachable', 'pageTimeout', 'tooHeavy', 'pushConnected'];

/** state of both services (REST reference, extensionServiceState). */
function serviceState(task: Task): string {
  if (task.phase === 'starting') return 'init';
  return task.phase === 'recording' || task.phase === 'stopping' ? 'inProgress' : 'exit';
}

/** Web page recording: one page in one playlist, with MP4 files and a push to a CDN if ordered. */
export function webMode(options: ModeOptions): RecordingMode {
  const { tasks, notifier } = options;
  const push = webPush(options);

  const lifecycle = taskLifecycle(options, {
    // Event 3 has numbers for the other modes only (callback page).
    recordingMode: null,
    playlist: webPlaylistName,
    uploadedFiles: webFiles,
    exitStatus: (task) => ((stateOf(task).stopCode ?? 0) > 1 ? 1 : 0),
    ready(task, at) {
      tasks.schedule(task, 'maxRecordingHour', at + stateOf(task).maxRecordingMs);
      openPage(task, at);
    },
    left: (task, at) => leave(task, 0, at),
    resumed(task, at) {
      if (task.sliceStartTime !== null) task.failoverSlices.push(at);
      stateOf(task).mp4LeftMs = 0;
      openPage(task, at);
    },
    expired: (task, at) => end(task, 0, at),
  });

  /** Opens the page, pushes it, and records it as soon as it is ready. */
  function openPage(task: Task, at: number): void {
    const web = stateOf(task);
    notifier.emit(task, at, events.webStarted(at));
    push.connect(task, at);
    if (web.unreachable) {
      tasks.schedule(task, 'unreachable', at + TIMES.pageUnreachable);
      return;
    }
    if (web.readyTimeoutMs > 0 && web.neverReady) {
      tasks.schedule(task, 'pageTimeout', at + web.readyTimeoutMs);
      return;
    }
    web.pageReady = true;
    if (web.tooHeavy) tasks.schedule(task, 'tooHeavy', at + TIMES.pageTooHeavy);
    if (!web.onhold) record(task, at);
  }

  /** Begins the recording, or continues it after a pause or on another server. */
  function record(task: Task, at: number): void {
    if (task.sliceStartTime === null) lifecycle.beginRecording(task, at);
    if (!task.avFileType.includes('mp4')) return;
    const { mp4LeftMs } = stateOf(task);
    if (mp4LeftMs > 0) tasks.schedule(task, 'nextMp4', at + mp4LeftMs);
    else beginMp4(task, at);
  }

  function beginMp4(task: Task, at: number): void {
    const web = stateOf(task);
    web.mp4Starts.push(at);
    tasks.schedule(task, 'nextMp4', at + web.maxVideoMs);
  }

  function hold(task: Task, at: number): void {
    const nextMp4 = task.actions.nextMp4;
    if (nextMp4 === undefined) return;
    // The duration of the open file does not include the pause.
    stateOf(task).mp4LeftMs = nextMp4 - at;
    tasks.cancel(task, 'nextMp4');
  }

  function changeOnhold(task: Task, onhold: boolean, at: number): void {
    const web = stateOf(task);
    if (web.onhold === onhold) return;
    web.onhold = onhold;
    push.onholdChanged(task, at);
    // Before the page is open, nothing is recorded; onhold is evaluated when it opens.
    if (task.phase !== 'recording' || !web.pageReady) return;
    if (onhold) hold(task, at);
    else record(task, at);
  }

  function reload(task: Task, reason: string, at: number): void {
    stateOf(task).reloads++;
    notifier.emit(task, at, events.webReload(reason));
  }

  function limit(task: Task, limitType: string, at: number): void {
    notifier.emit(task, at, events.webCapabilityLimit(limitType));
    end(task, 2, at);
  }

  function leave(task: Task, code: WebStopCode, at: number): void {
    stateOf(task).stopCode = code;
    lifecycle.leave(task, at, events.webStopped(code, webFiles(task)));
  }

  /** The recorder leaves by itself. */
  function end(task: Task, code: WebStopCode, at: number): void {
    lifecycle.beginEnding(task, at);
    leave(task, code, at);
  }

  const actions: Actions = {
    ...lifecycle.actions,
    pushConnected: (task, at) => push.connected(task, at),
    nextMp4: beginMp4,
    unreachable: (task, at) => end(task, 5, at),
    pageTimeout(task, at) {
      const web = stateOf(task);
      if (web.reloads > 0) {
        end(task, 4, at);
        return;
      }
      reload(task, 'page_load_timeout', at);
      tasks.schedule(task, 'pageTimeout', at + web.readyTimeoutMs);
    },
    tooHeavy: (task, at) => limit(task, 'resolution', at),
    maxRecordingHour: (task, at) => end(task, 1, at),
  };

  const recorderService = (task: Task, state: string, fileList: unknown[]) => ({
    serviceName: 'web_recorder_service',
    payload: { state, onhold: stateOf(task).onhold, fileList },
  });

  return {
    name: 'web',
    scenes: [1],
    checkStart: checkWebStart,
    begin: (task, at) =>
      lifecycle.begin(task, at, ['initialized', 'starting', 'partlyReady', 'ready', 'uploaderStarted']),
    act: (task, action, at) => runAction(actions, task, action, at),
    // A page has no publishers and is never idle.
    publishersChanged: () => undefined,
    update(task, clientRequest, at) {
      const checked = checkWebUpdate(clientRequest, stateOf(task));
      if ('reason' in checked) return checked.reason;
      const { onhold, outputs } = checked.value;
      if (outputs !== null) push.replace(task, outputs, at);
      if (onhold !== null) changeOnhold(task, onhold, at);
      return null;
    },
    // Only composite recording has a layout (REST reference, updateLayout).
    checkLayout: null,
    stop: (task, at) => lifecycle.stop(task, at),
    failOver(task, durationMs, at) {
      // The server that takes over opens the page itself.
      tasks.cancel(task, ...ACTIONS_OF_PAGE);
      lifecycle.failOver(task, durationMs, at);
    },
    trouble(task, trouble, at) {
      if (trouble.kind === 'crash') end(task, task.phase === 'starting' ? 3 : 6, at);
      else if (trouble.kind === 'stopped') end(task, trouble.code, at);
      else if (trouble.kind === 'reload') reload(task, trouble.reason, at);
      else if (trouble.kind === 'capability-limit') limit(task, trouble.limitType, at);
      else return false;
      return true;
    },
    uploadChanged: (task, at) => lifecycle.uploadChanged(task, at),
    reportStatus: (task, at) => lifecycle.reportStatus(task, at),
    queryResponse(task) {
      const { outputs } = stateOf(task);
      const fileList = task.firstFileAt === null ? [] : webFiles(task);
      return {
        status: task.status,
        extensionServiceState: [
          recorderService(task, serviceState(task), fileList),
          ...(outputs === null
            ? []
            : [{ serviceName: 'rtmp_publish_service', payload: { state: serviceState(task), outputs } }]),
        ],
      };
    },
    stopResponse(task, complete) {
      const known = complete && task.uploadedAt !== null;
      const uploadingStatus = task.backup ? 'backuped' : 'uploaded';
      const uploadService = {
        serviceName: 'upload_service',
        payload: { uploadingStatus: known ? uploadingStatus : 'unknown' },
      };
      return {
        extensionServiceState: known
          ? [uploadService, recorderService(task, 'exit', webFiles(task))]
          : [uploadService],
      };
    },
    files: webFiles,
    details(task) {
      const { onhold, outputs, pageReady, reloads, stopCode } = stateOf(task);
      const withoutKeys = JSON.parse(redactText(JSON.stringify(outputs))) as unknown;
      return { onhold, outputs: withoutKeys, pageReady, reloads, stopCode };
    },
  };
}
