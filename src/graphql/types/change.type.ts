import { Field, ID, ObjectType } from 'type-graphql';
import { RecordingsChangeKind as KindEnum } from '../enums/recording.js';
import { RecordingType } from './recording.type.js';

/** What a change is for a list of recordings. */
export type RecordingsChangeKind = keyof typeof KindEnum;

@ObjectType('RecordingsChange', {
  description:
    'That a recording changed. Of several changes at once the latest state is sent. After a subscription was resumed a change may ' +
    'come again, so a list must accept one twice.',
  simpleResolvers: true,
})
export class RecordingsChangeType {
  @Field(() => KindEnum, {
    description: 'What the change is for a list with the filter of the subscription.',
  })
  kind!: RecordingsChangeKind;

  @Field(() => ID, { description: 'The id of the recording, also where it was removed.' })
  recordingId!: string;

  @Field(() => RecordingType, {
    nullable: true,
    description: 'The recording as it is now; null where it was removed.',
  })
  recording!: RecordingType | null;

  @Field(() => String, { description: 'Pass it as `after` to continue after this change.' })
  cursor!: string;
}
