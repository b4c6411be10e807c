import { parseStored } from '../../store/stored-json.js';
import { isTooDeep, MAX_JSON_DEPTH } from '@agora-recording-gateway/agora/tables/json-depth';
import { GraphQLJSON } from 'graphql-scalars';
import { Arg, Args, Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import { type ActionFacts, actionsOf } from '../../commands/actions.js';
import { type Context } from '../context.js';
import { RecordingEventType } from '../enums/event.js';
import { FileKind } from '../enums/file.js';
import { badInput, recordingNotFound } from '../errors.js';
import { MAX_CALLS } from '../limits/bounds.js';
import { PageArgs } from '../inputs/page.args.js';
import { connection, pageArguments, pageOf } from '../pagination.js';
import { presentCall, presentUnansweredQuery } from '../present/present-call.js';
import { presentEvent, type PresentedEvent } from '../present/present-event.js';
import { RecordingCallType } from '../types/call.type.js';
import { RecordingActionsType } from '../types/actions.type.js';
import { RecordingEventConnectionType, RecordingEventType_ } from '../types/events/event.type.js';
import { RecordedFileConnectionType, RecordedFileType } from '../types/file.type.js';
import { ProblemConnectionType, ProblemType } from '../types/problem.type.js';
import { RecordingType } from '../types/recording.type.js';
import { filePage } from './file-page.js';
import { readEvent } from './read-event.js';

/** The kinds of events that calls are. */
const CALL_TYPES = ['COMMAND', 'POLL'];

@Resolver(() => RecordingType)
export class RecordingFieldResolver {
  @FieldResolver(() => [RecordingCallType], {
    description:
      `The calls of Agora's REST API about it, the latest first: the last ${MAX_CALLS}, of those that are among the last 1,000 events, ` +
      `and of the last ${MAX_CALLS} queries from which nothing was learned, which are not events.`,
  })
  async calls(
    @Root() { id }: RecordingType,
    @Ctx() { services: { store }, reads }: Context,
  ): Promise<RecordingCallType[]> {
    const asked = { last: MAX_CALLS, types: CALL_TYPES };
    const { items } = await reads.page(() => store.eventPage(id, asked, MAX_CALLS));
    const { queries } = await reads.page(() => store.unansweredQueries(id));
    const events = items.flatMap(({ item }) => {
      const call = presentCall(item);
      return call === null ? [] : [{ call, endedAt: item.observation.receivedAt }];
    });
    const unanswered = queries.map((query) => ({
      call: presentUnansweredQuery(query),
      endedAt: query.endedAt,
    }));
    return [...events.reverse(), ...unanswered]
      .sort((left, right) => right.endedAt - left.endedAt)
      .slice(0, MAX_CALLS)
      .map(({ call }) => call);
  }

  @FieldResolver(() => RecordedFileConnectionType, {
    description:
      'Every file known of the recording, merged from all replies and notifications, ordered by name. Screenshots are ' +
      'among them, each as event 45 reported it; all of them can be read, page by page. Of other files at most 2,000 are kept.',
  })
  async files(
    @Root() recording: RecordingType,
    @Ctx() context: Context,
    @Args() page: PageArgs,
    @Arg('kind', () => FileKind, { nullable: true, description: 'Only files of this kind.' })
    kind?: string | null,
  ): Promise<RecordedFileConnectionType> {
    return await filePage(recording, pageArguments(page), kind ?? null, context);
  }

  @FieldResolver(() => Int, {
    nullable: true,
    description:
      'For how many whole seconds it has recorded: from recordingSince, or from when it was first seen to run, until endedAt or until ' +
      'this reply. Pauses count. Null if it was never seen to run.',
  })
  durationSeconds(@Root() recording: RecordingType, @Ctx() { services: { clock } }: Context): number | null {
    const { recordedFrom, endedAt } = recording;
    if (recordedFrom === null) return null;
    return Math.max(0, Math.floor(((endedAt ?? clock.now()) - recordedFrom) / 1_000));
  }

  @FieldResolver(() => RecordingActionsType, {
    description: 'Which mutations can be tried with it now, and why the others cannot.',
  })
  actions(@Root() recording: RecordingType, @Ctx() { services: { clock } }: Context): RecordingActionsType {
    return actionsOf(recording as ActionFacts, clock.now());
  }

  @FieldResolver(() => ProblemConnectionType, {
    description: 'What went wrong, oldest first; at most 100 are kept.',
  })
  problems(@Root() recording: RecordingType, @Args() page: PageArgs): ProblemConnectionType {
    const problems = recording.allProblems;
    return {
      ...pageOf(problems, pageArguments(page), ({ id }) => id),
      totalCount: { count: problems.length, exact: true },
    };
  }

  @FieldResolver(() => RecordingEventConnectionType, {
    description:
      'Everything seen of the recording, in the order in which the gateway learned of it. `last` with `before` reads it backwards.',
  })
  async events(
    @Root() recording: RecordingType,
    @Ctx() { services: { store }, reads }: Context,
    @Args() asked: PageArgs,
    @Arg('types', () => [RecordingEventType], {
      nullable: true,
      description: 'Only events of these kinds, at most 50.',
    })
    types?: string[] | null,
  ): Promise<RecordingEventConnectionType> {
    if ((types?.length ?? 0) > 50) throw badInput('types takes at most 50 kinds.');
    const page = { ...pageArguments(asked), types: types ?? null };
    const head = await store.head();
    const found = await reads.page(() => store.eventPage(recording.id, page, page.last ?? page.first));
    const items = found.items.map(({ item, cursor }) => ({ item: presentEvent(item), cursor }));
    const { edges, nodes, pageInfo } = connection(items, found);
    return {
      edges: edges as unknown as RecordingEventConnectionType['edges'],
      nodes: nodes as unknown as RecordingEventConnectionType['nodes'],
      pageInfo,
      totalCount: () => reads.count(() => store.eventCount(recording.id, page.types)),
      // What came while the page was read may be on it: the head is then behind that.
      headCursor: store.eventCursor(Math.max(head, found.items.at(-1)?.item.position ?? 0)),
    };
  }
}

/** The recording that something is of. It may be gone since that was read. */
async function existingRecording(context: Context, id: string): Promise<RecordingType> {
  const recording = await context.recordings.load(id);
  if (recording === null) throw recordingNotFound();
  return recording;
}

@Resolver(() => RecordingEventType_)
export class EventFieldResolver {
  @FieldResolver(() => RecordingType, { description: 'The recording as it is now.' })
  async recording(@Root() event: RecordingEventType_, @Ctx() context: Context): Promise<RecordingType> {
    return await existingRecording(context, event.recordingId);
  }

  @FieldResolver(() => GraphQLJSON, {
    nullable: true,
    description:
      'The JSON as received, without secrets; null if there was none. A message of an older version whose objects and ' +
      `lists stand more than ${MAX_JSON_DEPTH} deep inside of each other comes as a string with its text, as does what is not JSON.`,
  })
  raw(@Root() { rawText }: RecordingEventType_, @Ctx() { reply }: Context): unknown {
    if (rawText === null) return null;
    reply.add(rawText.length);
    const json = isTooDeep(rawText) ? undefined : parseStored(rawText);
    return json === undefined ? rawText : json;
  }
}

@Resolver(() => RecordedFileType)
export class FileFieldResolver {
  @FieldResolver(() => RecordingType, { description: 'The recording that it is of, as it is now.' })
  async recording(@Root() file: RecordedFileType, @Ctx() context: Context): Promise<RecordingType> {
    return await existingRecording(context, file.recordingId);
  }
}

@Resolver(() => ProblemType)
export class ProblemFieldResolver {
  @FieldResolver(() => RecordingType, { description: 'The recording that it is of, as it is now.' })
  async recording(@Root() { recordingId }: ProblemType, @Ctx() context: Context): Promise<RecordingType> {
    return await existingRecording(context, recordingId);
  }

  @FieldResolver(() => RecordingEventType_, {
    nullable: true,
    description:
      'The event that showed it; null where its absence is the problem (NO_FILES, FILE_TYPE_MISSING), and where an early release ' +
      'of the gateway kept no reference.',
  })
  async event(@Root() { eventId }: ProblemType, @Ctx() context: Context): Promise<PresentedEvent | null> {
    return eventId === null ? null : await readEvent(context, eventId);
  }
}
