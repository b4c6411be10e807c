import { describe, expect, it } from 'vitest';
import { TrackType } from '../../src/graphql/enums/file.js';
import { SubServiceState } from '../../src/graphql/enums/recording.js';
import { presentFileList, presentRecording } from '../../src/graphql/present/present.js';
import { recordingOf } from '../../src/recordings/view/recording.js';
import { begun, queried } from '../recordings/observations.js';

describe('The state of a submodule', () => {
  it.each([
    ['serviceIdle', 'IDLE'],
    ['serviceStarted', 'STARTED'],
    ['serviceReady', 'READY'],
    ['serviceInProgress', 'IN_PROGRESS'],
    ['serviceCompleted', 'COMPLETED'],
    ['servicePartialCompleted', 'PARTLY_COMPLETED'],
    ['serviceValidationFailed', 'VALIDATION_FAILED'],
    ['serviceAbnormal', 'ABNORMAL'],
    ['serviceElsewhere', 'UNKNOWN'],
  ])('%s is %s in the schema', (word, name) => {
    const state = begun(queried(5, { response: { subServiceStatus: { recordingService: word } } }));
    const { subServiceStatus } = presentRecording(recordingOf(state));
    expect(subServiceStatus).toEqual({ recordingService: name, rawRecordingService: word });
    expect(Object.values(SubServiceState)).toContain(name);
  });

  it('is null where Agora gives none', () => {
    expect(presentRecording(recordingOf(begun(queried(5)))).subServiceStatus).toBeNull();
    const other = begun(queried(5, { response: { subServiceStatus: { other: 'serviceIdle' } } }));
    expect(presentRecording(recordingOf(other)).subServiceStatus).toEqual({
      recordingService: null,
      rawRecordingService: null,
    });
  });
});

it('What a file holds is in the schema as an enum, and in the words of Agora next to it', () => {
  const list = ['audio', 'video', 'audio_and_video', 'smell', undefined].map((trackType, index) => ({
    fileName: `${index}.mp4`,
    ...(trackType !== undefined && { trackType }),
  }));
  const { fileList } = recordingOf(begun(queried(5, { response: { fileListMode: 'json', fileList: list } })));
  const presented = presentFileList('recording', fileList);
  if (presented?.__typename !== 'RecordedFileSet') throw new Error('The list has no files.');
  expect(presented.files.map((file) => [file.trackType, file.rawTrackType])).toEqual([
    ['audio', 'audio'],
    ['video', 'video'],
    ['audio_and_video', 'audio_and_video'],
    ['unknown', 'smell'],
    [null, null],
  ]);
  expect(Object.values(TrackType)).toEqual(['audio', 'video', 'audio_and_video', 'unknown']);
});
