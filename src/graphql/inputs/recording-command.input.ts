import { Field, ID, InputType, Int } from 'type-graphql';

@InputType('StopRecordingInput', { description: 'A recording to stop.' })
export class StopRecordingInput {
  @Field(() => ID, { description: 'Which recording.' })
  recordingId!: string;

  @Field(() => Boolean, {
    nullable: true,
    defaultValue: false,
    description: 'Whether Agora answers at once, without waiting for the upload (async_stop).',
  })
  async?: boolean | null;

  @Field(() => Int, {
    nullable: true,
    defaultValue: 2,
    description:
      'So many seconds, 0 to 25, the mutation waits for a synchronous stop. After them it answers with the recording as it ' +
      'then stands, while the stop goes on.',
  })
  waitSeconds?: number | null;
}

@InputType('RefreshRecordingInput', { description: 'A recording to ask Agora for.' })
export class RefreshRecordingInput {
  @Field(() => ID, { description: 'Which recording.' })
  recordingId!: string;
}
