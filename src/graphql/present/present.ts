import { type AgoraFile, type AgoraFileList } from '@agora-recording-gateway/agora/webhook/file-list';
import { factsOfFileName, fileKindOf } from '@agora-recording-gateway/agora/tables/file-name';
import { storageRegion, storageVendor } from '@agora-recording-gateway/agora/tables/storage-vendors';
import { type ExtensionService } from '@agora-recording-gateway/agora/client/reply';
import { type RecordingSettings, type StorageLocation } from '../../recordings/observation.js';
import { subServiceStatusName } from '@agora-recording-gateway/agora/tables/service-status';
import { problemKind, PROBLEMS } from '../../recordings/problems.js';
import { type NamedProblem, type Recording } from '../../recordings/view/recording.js';
import { type ListedFile } from '../../store/reads/file-list.js';
import { type ListedProblem, problemKey } from '../../store/reads/problem-list.js';
import { byBytes } from '../../store/reads/snapshots.js';
import { encodeFileId, encodeProblemId } from '../node-id.js';
import { type RecordedFileType } from '../types/file.type.js';
import { type ProblemType } from '../types/problem.type.js';
import { type StorageLocationType } from '../types/settings.type.js';
import { type RecordingType } from '../types/recording.type.js';

/** From the domain's words to the schema's: the objects that fields are read from. */

export function presentFile(recordingId: string, file: AgoraFile): RecordedFileType {
  const { uid, time, index } = factsOfFileName(file.fileName);
  return {
    id: encodeFileId(recordingId, file.fileName),
    recordingId,
    fileName: file.fileName,
    kind: fileKindOf(file.fileName),
    trackType: knownWord(['audio', 'video', 'audio_and_video'], file.trackType),
    rawTrackType: file.trackType,
    uid: file.uid ?? uid,
    mixedAllUsers: file.mixedAllUser,
    playable: file.isPlayable,
    startedAt: file.sliceStartTime ?? time,
    index,
  };
}

export function presentFileList(recordingId: string, list: AgoraFileList | null) {
  if (list === null) return null;
  return list.kind === 'playlist'
    ? { __typename: 'PlaylistFile' as const, fileName: list.fileName }
    : {
        __typename: 'RecordedFileSet' as const,
        files: list.files.map((file) => presentFile(recordingId, file)),
      };
}

export function presentSnapshot(recordingId: string, fileName: string): RecordedFileType {
  const unsaid = { trackType: null, uid: null, mixedAllUser: null, isPlayable: null, sliceStartTime: null };
  return { ...presentFile(recordingId, { fileName, ...unsaid }), kind: 'SNAPSHOT' };
}

function presentIndividual(
  recordingId: string,
  { latestSnapshot, snapshotCount }: { latestSnapshot: string | null; snapshotCount: number },
) {
  return {
    latestSnapshot: latestSnapshot === null ? null : presentSnapshot(recordingId, latestSnapshot),
    snapshotCount,
  };
}

/** A word of Agora's that the enum has, or `unknown`. */
function knownWord(words: readonly string[], word: string | null): string | null {
  return word === null || words.includes(word) ? word : 'unknown';
}

function recorderPhase(state: string | null): string | null {
  return knownWord(['init', 'inProgress', 'exit'], state);
}

export function presentOutput({ address, status }: { address: string; status: string | null }) {
  const words = ['connecting', 'publishing', 'onhold', 'disconnected'];
  return { address, status: knownWord(words, status), rawStatus: status };
}

/** An object of one of several types; its fields are those of the type. */
export type Presented = { __typename: string; [field: string]: unknown };

const UPLOAD_STATES = { uploaded: 'UPLOADED', backuped: 'BACKED_UP', unknown: 'UNKNOWN' } as const;

function presentService(recordingId: string, service: ExtensionService): Presented {
  const { serviceName, state, onhold, fileList, uploadingStatus, outputs, videoInfo } = service;
  switch (serviceName) {
    case 'web_recorder_service':
      return {
        __typename: 'WebRecorderState',
        state: recorderPhase(state),
        rawState: state,
        paused: onhold,
        fileList: presentFileList(recordingId, fileList),
      };
    case 'rtmp_publish_service':
      return {
        __typename: 'RtmpPublishState',
        serviceState: state,
        outputs: outputs.map(({ rtmpUrl, status }) => presentOutput({ address: rtmpUrl, status })),
      };
    case 'upload_service':
      return {
        __typename: 'UploadServiceState',
        uploadState: uploadingStatus === null ? null : UPLOAD_STATES[uploadingStatus],
      };
    case 'aliyun_vod_service':
      return { __typename: 'VodServiceState', serviceState: state, videos: videoInfo };
    default:
      return { __typename: 'UnknownServiceState', serviceName, serviceState: state };
  }
}

/** Vendor and region of a storage, by name and by number. */
export function presentStoragePlace({ vendor, region }: { vendor: number; region: number }) {
  return {
    vendor: storageVendor(vendor)?.name ?? 'UNKNOWN',
    vendorCode: vendor,
    region: storageRegion(vendor, region)?.name ?? null,
    regionCode: region,
  };
}

function presentSettings({ web, transcoding, ...channel }: RecordingSettings): Presented {
  if (web !== null) {
    const { audioProfile, avFileType } = channel;
    return { __typename: 'WebSettings', ...web, audioProfile, avFileType };
  }
  return transcoding === null
    ? // Without a list only screenshots are taken.
      { __typename: 'IndividualSettings', ...channel, avFileType: channel.avFileType ?? [] }
    : { __typename: 'CompositeSettings', ...channel, transcoding };
}

function presentStorage(storage: StorageLocation): StorageLocationType {
  const { vendor, region, sse, expireAt, ...same } = storage;
  return {
    ...same,
    ...presentStoragePlace({ vendor, region }),
    encryption: sse,
    checkFiles: storage.checkFiles === true,
    credentialsExpireAt: expireAt,
  };
}

function presentProblem(recordingId: string, problem: NamedProblem): ProblemType {
  const { name, code: stored, message, occurredAt, observationId } = problem;
  const { code, agoraCode } = problemKind(stored);
  return {
    id: encodeProblemId(recordingId, problemKey(name)),
    code,
    agoraCode,
    severity: PROBLEMS[code].severity,
    message,
    occurredAt,
    recordingId,
    eventId: observationId ?? null,
  };
}

/** A file of a list across recordings. */
export function presentListedFile({ recordingId, kind, ...file }: ListedFile): RecordedFileType {
  return { ...presentFile(recordingId, file), kind };
}

/** A problem of such a list. */
export function presentListedProblem({ key, ...problem }: ListedProblem): ProblemType {
  return { ...problem, id: encodeProblemId(problem.recordingId, key) };
}

const presented = new WeakMap<Recording, RecordingType>();

/** What front ends see of a recording: worked out once, for all who read it. */
export function presentRecording(recording: Recording): RecordingType {
  const known = presented.get(recording);
  if (known !== undefined) return known;
  const worked = workOut(recording);
  presented.set(recording, worked);
  return worked;
}

function workOut(recording: Recording): RecordingType {
  const {
    settings,
    storage,
    files,
    problems,
    subServiceStatus,
    individual,
    web,
    extensionServices,
    ...same
  } = recording;
  return {
    ...same,
    fileList: presentFileList(recording.id, recording.fileList),
    subServiceStatus:
      subServiceStatus === null
        ? null
        : {
            recordingService:
              subServiceStatus.recordingService === undefined
                ? null
                : subServiceStatusName(subServiceStatus.recordingService),
            rawRecordingService: subServiceStatus.recordingService ?? null,
          },
    individual: individual === null ? null : presentIndividual(recording.id, individual),
    web:
      web === null
        ? null
        : {
            ...web,
            recorderState: recorderPhase(web.recorderState),
            rawRecorderState: web.recorderState,
            outputs: web.outputs.map(presentOutput),
          },
    extensionServices: extensionServices.map((service) => presentService(recording.id, service)),
    settings: settings === null ? null : presentSettings(settings),
    storage: storage === null ? null : presentStorage(storage),
    allFiles: files
      .map((file) => presentFile(recording.id, file))
      .sort((left, right) => byBytes(left.fileName, right.fileName)),
    allProblems: problems.map((problem) => presentProblem(recording.id, problem)),
  };
}
