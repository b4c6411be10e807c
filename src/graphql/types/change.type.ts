import { Field, ObjectType } from 'type-graphql';
import { RecordingType } from './recording.type.js';

@ObjectType('RecordingsChange', {
  description: 'That a recording changed. Of several changes at once the latest state is sent.',
  simpleResolvers: true,
})
export class RecordingsChangeType {
  @Field(() => RecordingType, { description: 'The recording as it is now.' })
  recording!: RecordingType;

  @Field(() => Boolean, { description: 'Whether it fits the filter; false once, when it has just left it.' })
  matches!: boolean;

  @Field(() => String, { description: 'Pass it as `after` to continue after this change.' })
  cursor!: string;
}
