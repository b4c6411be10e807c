import { type RecordingQueries } from '../upstream/query.js';
import { createRefresh } from './refresh.js';
import { createStart, type StartParts } from './start.js';
import { type StartInput } from './start-input.js';
import { createStop, type StopInput, type StopParts } from './stop.js';
import { type CommandResult } from './user-errors.js';

/** What the mutations do. Each answers with data: expected failures are user errors, never exceptions. */
export interface Commands {
  startRecording(input: StartInput): Promise<CommandResult>;
  stopRecording(input: StopInput): Promise<CommandResult>;
  refreshRecording(recordingId: string): Promise<CommandResult>;
  /** Resolves when nothing goes on in the background. */
  idle(): Promise<void>;
}

export function createCommands(parts: StartParts & StopParts & { queries: RecordingQueries }): Commands {
  const startRecording = createStart(parts);
  const [stopRecording, idle] = createStop(parts);
  const refreshRecording = createRefresh(parts);
  return { startRecording, stopRecording, refreshRecording, idle };
}
