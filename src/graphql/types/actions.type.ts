import { Field, ObjectType } from 'type-graphql';
import { UserErrorCodes } from '../enums/mutation.js';

@ObjectType('RecordingAction', {
  description: 'Whether a mutation can be tried with a recording now; for a button that is enabled or not.',
  simpleResolvers: true,
})
export class RecordingActionType {
  @Field(() => Boolean, {
    description:
      'Whether it can be tried. Agora may refuse it all the same: nothing is asked for this field.',
  })
  possible!: boolean;

  @Field(() => UserErrorCodes, {
    nullable: true,
    description:
      'Why not: the code that the mutation would answer with. Null if it is possible, or needless.',
  })
  reason!: string | null;

  @Field(() => String, { nullable: true, description: 'The same for people; null if it is possible.' })
  message!: string | null;
}

@ObjectType('RecordingActions', {
  description: 'What can be tried with a recording, by what is known of it when the reply is made.',
  simpleResolvers: true,
})
export class RecordingActionsType {
  @Field(() => RecordingActionType, { description: 'stopRecording.' })
  stop!: RecordingActionType;

  @Field(() => RecordingActionType, { description: 'updateRecording.' })
  update!: RecordingActionType;

  @Field(() => RecordingActionType, { description: 'updateLayout.' })
  updateLayout!: RecordingActionType;

  @Field(() => RecordingActionType, { description: 'refreshRecording.' })
  refresh!: RecordingActionType;

  @Field(() => RecordingActionType, { description: 'adoptRecording.' })
  adopt!: RecordingActionType;
}
