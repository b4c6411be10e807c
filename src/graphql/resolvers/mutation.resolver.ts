import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { type CommandResult } from '../../commands/user-errors.js';
import { type Context } from '../context.js';
import { badInput } from '../errors.js';
import { UpdateLayoutInput } from '../inputs/layout.input.js';
import {
  AdoptRecordingInput,
  ForgetRecordingInput,
  RefreshRecordingInput,
  StopRecordingInput,
  UpdateRecordingInput,
} from '../inputs/recording-command.input.js';
import { UpdateMetadataInput } from '../inputs/metadata.input.js';
import { AcquireResourceInput, StartRecordingInput } from '../inputs/start-recording.input.js';
import {
  AcquireResourcePayloadType,
  AdoptRecordingPayloadType,
  ForgetRecordingPayloadType,
  type InputWarningType,
  RefreshRecordingPayloadType,
  StartRecordingPayloadType,
  StopRecordingPayloadType,
  UpdateLayoutPayloadType,
  UpdateMetadataPayloadType,
  UpdateRecordingPayloadType,
  type UserErrorType,
} from '../types/payload.type.js';
import { type RecordingType } from '../types/recording.type.js';

/** The modes as the REST paths spell them. */
const REST_MODES = { INDIVIDUAL: 'individual', COMPOSITE: 'mix', WEB: 'web' } as const;

async function payload(
  { recordingId, userErrors, warnings = [] }: CommandResult,
  context: Context,
): Promise<{ recording: RecordingType | null; userErrors: UserErrorType[]; warnings: InputWarningType[] }> {
  const recording =
    recordingId === null ? null : await context.recordings.clear(recordingId).load(recordingId);
  return { recording, userErrors, warnings };
}

@Resolver()
export class MutationResolver {
  @Mutation(() => AcquireResourcePayloadType, {
    description:
      'Reserves a resource for a recording: REST acquire. startRecording does it by itself; apart from it, it serves to ' +
      'start later, or from elsewhere.',
  })
  async acquireResource(
    @Arg('input', () => AcquireResourceInput, { description: 'What the resource is for.' })
    input: AcquireResourceInput,
    @Ctx() context: Context,
  ): Promise<AcquireResourcePayloadType> {
    const { warnings = [], ...result } = await context.services.commands.acquireResource(input);
    return { ...result, warnings };
  }

  @Mutation(() => StartRecordingPayloadType, {
    description:
      'Starts a recording: REST acquire and start in a pair. The start is written down before it is sent, so that it is ' +
      'known whatever happens. The recording comes back as STARTING; subscribe to recordingChanged to watch it run.',
  })
  async startRecording(
    @Arg('input', () => StartRecordingInput, { description: 'What to record.' }) input: StartRecordingInput,
    @Ctx() context: Context,
  ): Promise<StartRecordingPayloadType> {
    const { services, caller } = context;
    return await payload(await services.commands.startRecording(input, caller.name), context);
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

  @Mutation(() => UpdateLayoutPayloadType, {
    description:
      'Replaces the layout of a composite recording: REST updateLayout. What is left out falls back to its default. It ' +
      'waits in the same line as updateRecording.',
  })
  async updateLayout(
    @Arg('input', () => UpdateLayoutInput, { description: 'Which recording, and its new layout.' })
    input: UpdateLayoutInput,
    @Ctx() context: Context,
  ): Promise<UpdateLayoutPayloadType> {
    return await payload(await context.services.commands.updateLayout(input), context);
  }

  @Mutation(() => UpdateMetadataPayloadType, {
    description:
      "Changes entries of a recording's metadata, in whatever phase it is. It is kept by the gateway alone: nothing is sent to " +
      'Agora. Changes of one recording are made one after another.',
  })
  async updateMetadata(
    @Arg('input', () => UpdateMetadataInput, { description: 'Which recording, and which entries.' })
    input: UpdateMetadataInput,
    @Ctx() context: Context,
  ): Promise<UpdateMetadataPayloadType> {
    const { services, caller } = context;
    return await payload(await services.commands.updateMetadata(input, caller.name), context);
  }

  @Mutation(() => AdoptRecordingPayloadType, {
    description:
      'Takes over a recording that was started elsewhere, to control and query it from here. Agora must know it (REST ' +
      'query); what earlier notifications reported becomes its history.',
  })
  async adoptRecording(
    @Arg('input', () => AdoptRecordingInput, { description: 'Which recording, as its start knew it.' })
    input: AdoptRecordingInput,
    @Ctx() context: Context,
  ): Promise<AdoptRecordingPayloadType> {
    const { mode } = input;
    if (mode === 'UNKNOWN') throw badInput('mode must be INDIVIDUAL, COMPOSITE or WEB.');
    const adopted = { ...input, mode: REST_MODES[mode as keyof typeof REST_MODES] };
    return await payload(await context.services.commands.adoptRecording(adopted), context);
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

  @Mutation(() => ForgetRecordingPayloadType, {
    description:
      'Removes what the gateway knows of a recording that has ended, for good: subscribers of recordingListChanged get REMOVED, its log is ' +
      'deleted within a minute or two, and cursors of before its last event expire. Its files stay in the storage.',
  })
  async forgetRecording(
    @Arg('input', () => ForgetRecordingInput, { description: 'Which recording.' })
    input: ForgetRecordingInput,
    @Ctx() context: Context,
  ): Promise<ForgetRecordingPayloadType> {
    return await context.services.commands.forgetRecording(input.recordingId);
  }
}
