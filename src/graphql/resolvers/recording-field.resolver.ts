import { isTooDeep, MAX_JSON_DEPTH } from '@agora-recording-gateway/agora/tables/json-depth';
import { GraphQLJSON } from 'graphql-scalars';
import { Arg, Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import { type Context } from '../context.js';
import { FileKind, RecordingEventType } from '../enums.js';
import { badInput, recordingNotFound } from '../errors.js';
import { connection, pageOf, pageSize } from '../pagination.js';
import { presentEvent } from '../present/present-event.js';
import { RecordingEventConnectionType, RecordingEventType_ } from '../types/event.type.js';
import { RecordedFileConnectionType } from '../types/file.type.js';
import { ProblemConnectionType } from '../types/problem.type.js';
import { RecordingType } from '../types/recording.type.js';

const after = { nullable: true, description: 'Return items after this cursor.' };

@Resolver(() => RecordingType)
export class RecordingFieldResolver {
  @FieldResolver(() => RecordedFileConnectionType, {
    description:
      'Every file known of the recording, merged from all replies and notifications, ordered by name.',
  })
  files(
    @Root() recording: RecordingType,
    @Arg('first', () => Int, { nullable: true, defaultValue: 50, description: 'At most so many, 1 to 100.' })
    first: number | null,
    @Arg('after', () => String, after) cursor?: string | null,
    @Arg('kind', () => FileKind, { nullable: true, description: 'Only files of this kind.' })
    kind?: string | null,
  ): RecordedFileConnectionType {
    const files = recording.allFiles.filter((file) => kind == null || file.kind === kind);
    return { ...pageOf(files, first ?? 50, cursor, (file) => file.fileName), totalCount: files.length };
  }

  @FieldResolver(() => ProblemConnectionType, {
    description: 'What went wrong, oldest first; at most 100 are kept.',
  })
  problems(
    @Root() recording: RecordingType,
    @Arg('first', () => Int, { nullable: true, defaultValue: 20, description: 'At most so many, 1 to 100.' })
    first: number | null,
    @Arg('after', () => String, after) cursor?: string | null,
  ): ProblemConnectionType {
    return pageOf(recording.allProblems, first ?? 20, cursor, ({ occurredAt, code }, index) =>
      [occurredAt, code, index].join(' '),
    );
  }

  @FieldResolver(() => RecordingEventConnectionType, {
    description:
      'Everything seen of the recording, in the order in which the gateway learned of it. `first` with `after` reads ' +
      'forwards, `last` with `before` backwards; without either the first 50.',
  })
  async events(
    @Root() recording: RecordingType,
    @Ctx() { services: { store }, reads }: Context,
    @Arg('first', () => Int, { nullable: true, description: 'At most so many from the front, 1 to 100.' })
    first?: number | null,
    @Arg('after', () => String, after) afterCursor?: string | null,
    @Arg('last', () => Int, { nullable: true, description: 'At most so many from the end, 1 to 100.' })
    last?: number | null,
    @Arg('before', () => String, { nullable: true, description: 'Cursor to stop before.' })
    before?: string | null,
    @Arg('types', () => [RecordingEventType], {
      nullable: true,
      description: 'Only events of these kinds, at most 50.',
    })
    types?: string[] | null,
  ): Promise<RecordingEventConnectionType> {
    if (first != null && last != null) throw badInput('Give either first or last, not both.');
    if ((types?.length ?? 0) > 50) throw badInput('types takes at most 50 kinds.');
    const size = last == null ? pageSize('first', first ?? 50) : pageSize('last', last);
    const head = await store.head();
    const asked = { first, after: afterCursor, last, before, types };
    const page = await reads.page(() => store.eventPage(recording.id, asked, size));
    const items = page.items.map(({ item, cursor }) => ({ item: presentEvent(item), cursor }));
    const { edges, pageInfo } = connection(items, page.hasNextPage, page.hasPreviousPage);
    return {
      edges: edges as unknown as RecordingEventConnectionType['edges'],
      pageInfo,
      // What came while the page was read may be on it: the head is then behind that.
      headCursor: store.eventCursor(Math.max(head, page.items.at(-1)?.item.position ?? 0)),
    };
  }
}

@Resolver(() => RecordingEventType_)
export class EventFieldResolver {
  @FieldResolver(() => RecordingType, { description: 'The recording as it is now.' })
  async recording(@Root() event: RecordingEventType_, @Ctx() context: Context): Promise<RecordingType> {
    const recording = await context.recordings.load(event.recordingId);
    if (recording === null) throw recordingNotFound();
    return recording;
  }

  @FieldResolver(() => GraphQLJSON, {
    nullable: true,
    description:
      'The JSON as received, without secrets; null if there was none. A message of an older version whose objects and ' +
      `lists stand more than ${MAX_JSON_DEPTH} deep inside of each other comes as a string with its text.`,
  })
  raw(@Root() { rawText }: RecordingEventType_, @Ctx() { reply }: Context): unknown {
    if (rawText === null) return null;
    reply.add(rawText.length);
    return isTooDeep(rawText) ? rawText : JSON.parse(rawText);
  }
}
