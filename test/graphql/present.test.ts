import { describe, expect, it } from 'vitest';
import { SubServiceState } from '../../src/graphql/enums/recording.js';
import { presentRecording } from '../../src/graphql/present/present.js';
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
