import { Field, ID, InputType } from 'type-graphql';
import { RecordingEventType } from '../enums/event.js';
import { RecordingFilterInput } from './recording-by.input.js';

@InputType('RecordingEventFilter', {
  description: 'Events must match all fields that are given.',
})
export class RecordingEventFilterInput {
  @Field(() => ID, { nullable: true, description: 'Of this recording.' })
  recordingId?: string | null;

  @Field(() => RecordingFilterInput, {
    nullable: true,
    description: 'Of recordings that fit this filter as they are now.',
  })
  recordings?: RecordingFilterInput | null;

  @Field(() => [RecordingEventType], { nullable: true, description: 'Of these kinds, at most 50.' })
  types?: string[] | null;
}
