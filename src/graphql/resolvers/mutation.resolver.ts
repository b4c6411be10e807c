import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { type CommandResult } from '../../commands/user-errors.js';
import { type Context } from '../context.js';
import {
  RefreshRecordingInput,
  StopRecordingInput,
  UpdateRecordingInput,
} from '../inputs/recording-command.input.js';
import { StartRecordingInput } from '../inputs/start-recording.input.js';
import {
  RefreshRecordingPayloadType,
  StartRecordingPayloadType,
  StopRecordingPayloadType,
  UpdateRecordingPayloadType,
  type UserErrorType,
} from '../types/payload.type.js';
import { type RecordingType } from '../types/recording.type.js';

async function payload(
  { recordingId, userErrors }: CommandResult,
  context: Context,
): Promise<{ recording: RecordingType | null; userErrors: UserErrorType[] }> {
  const recording =
    recordingId === null ? null : await context.recordings.clear(recordingId).load(recordingId);
  return { recording, userErrors };
}

@Resolver()
export class MutationResolver {
  @Mutation(() => StartRecordingPayloadType, {
    description:
      'Starts a recording: REST acquire and start in a pair. The start is written down before it is sent, so that it is ' +
      'known whatever happens. The recording comes back as STARTING; subscribe to recordingChanged to watch it run.',
  })
  async startRecording(
    @Arg('input', () => StartRecordingInput, { description: 'What to record.' }) input: StartRecordingInput,
    @Ctx() context: Context,
  ): Promise<StartRecordingPayloadType> {
    return await payload(await context.services.commands.startRecording(input), context);
  }

  @Mutation(() => StopRecordingPayloadType, {
    description:
      'Ends a recording: REST stop. Its reply, with the files, is folded in even after the mutation has answered.',
  })
  async stopRecording(
    @Arg('input', () => StopRecordingInput, { description: 'Which recording, and how.' })
    input: StopRecordingInput,
    @Ctx() context: Context,
  ): Promise<StopRecordingPayloadType> {
    return await payload(await context.services.commands.stopRecording(input), context);
  }

  @Mutation(() => UpdateRecordingPayloadType, {
    description:
      'Changes a recording while it runs: REST update. Updates of one recording are sent one after another, each when the ' +
      'one before it was answered.',
  })
  async updateRecording(
    @Arg('input', () => UpdateRecordingInput, { description: 'Which recording, and what to change.' })
    input: UpdateRecordingInput,
    @Ctx() context: Context,
  ): Promise<UpdateRecordingPayloadType> {
    return await payload(await context.services.commands.updateRecording(input), context);
  }

  @Mutation(() => RefreshRecordingPayloadType, {
    description:
      'Asks Agora for a recording now: REST query. All who ask at once share one call. What cannot be asked (no sid yet, a ' +
      'stop was taken, it has ended) comes back as it is known.',
  })
  async refreshRecording(
    @Arg('input', () => RefreshRecordingInput, { description: 'Which recording.' })
    input: RefreshRecordingInput,
    @Ctx() context: Context,
  ): Promise<RefreshRecordingPayloadType> {
    return await payload(await context.services.commands.refreshRecording(input.recordingId), context);
  }
}
