import { Arg, Args, Ctx, ID, Int, Query, Resolver } from 'type-graphql';
import { type RecordingOrder as Order } from '../../store/reads/recording-pages.js';
import { type Context } from '../context.js';
import { RecordingOrder } from '../enums/recording.js';
import { badInput } from '../errors.js';
import { RecordingByInput, RecordingFilterInput } from '../inputs/recording-by.input.js';
import { decodeFileId } from '../node-id.js';
import { PageArgs } from '../inputs/page.args.js';
import { MAX_PAGE_SIZE } from '../pagination.js';
import { presentSnapshot } from '../present/present.js';
import { NodeType } from '../types/node.type.js';
import { RecordingConnectionType, RecordingType } from '../types/recording.type.js';
import { findRecordingId } from './find-recording.js';
import { readEvent } from './read-event.js';
import { recordingConnection } from './recording-connection.js';
import { storeFilter } from './store-filter.js';

async function findNode(context: Context, id: string): Promise<object | null> {
  const file = decodeFileId(id);
  if (file !== null) {
    const recording = await context.recordings.load(file.recordingId);
    const found = recording?.allFiles.find(({ fileName }) => fileName === file.fileName);
    if (found !== undefined) return { __typename: 'RecordedFile', ...found };
    if (recording === null) return null;
    const [snapshot] = await context.services.store.knownSnapshots(recording.id, [file.fileName]);
    return snapshot === undefined
      ? null
      : { __typename: 'RecordedFile', ...presentSnapshot(recording.id, snapshot) };
  }
  const recording = await context.recordings.load(id);
  return recording === null ? await readEvent(context, id) : { __typename: 'Recording', ...recording };
}

@Resolver()
export class QueryResolver {
  @Query(() => NodeType, {
    nullable: true,
    description: 'A recording, file or event by its id; null if there is none.',
  })
  async node(
    @Arg('id', () => ID, { description: 'As the field `id` gave it.' }) id: string,
    @Ctx() context: Context,
  ): Promise<object | null> {
    return await findNode(context, id);
  }

  @Query(() => [NodeType], {
    nullable: 'items',
    description:
      'Recordings, files and events by their ids, in the same order; null in the place of each that is not there.',
  })
  async nodes(
    @Arg('ids', () => [ID], { description: `As the field \`id\` gave them, at most ${MAX_PAGE_SIZE}.` })
    ids: string[],
    @Ctx() context: Context,
  ): Promise<(object | null)[]> {
    if (ids.length > MAX_PAGE_SIZE) throw badInput(`ids takes at most ${MAX_PAGE_SIZE} ids.`);
    return await Promise.all(ids.map((id) => findNode(context, id)));
  }

  @Query(() => RecordingType, {
    nullable: true,
    description:
      'One recording as the gateway knows it; null if it knows none. It never fails because Agora does.',
  })
  async recording(
    @Arg('by', () => RecordingByInput, { description: 'Which one.' }) by: RecordingByInput,
    @Ctx() context: Context,
    @Arg('maxAgeSeconds', () => Int, {
      nullable: true,
      description:
        'If it was observed more than this many seconds ago (0 or more), the gateway first queries Agora. Where it cannot ' +
        '(the recording has provably ended, a stop was accepted, it has no sid, or Agora does not answer), it returns the ' +
        'stored recording; `observedAt` shows its age.',
    })
    maxAgeSeconds?: number | null,
  ): Promise<RecordingType | null> {
    if (maxAgeSeconds != null && maxAgeSeconds < 0) throw badInput('maxAgeSeconds must be 0 or more.');
    const { store, clock, commands } = context.services;
    const id = await findRecordingId(store, by);
    const recording = id === null ? null : await context.recordings.load(id);
    if (id === null || recording === null) return null;
    const age = clock.now() - recording.observedAt;
    if (maxAgeSeconds == null || age <= maxAgeSeconds * 1000) return recording;
    await commands.refreshRecording(id);
    return await context.recordings.clear(id).load(id);
  }

  @Query(() => RecordingConnectionType, {
    description: 'The recordings that the gateway knows, a page at a time.',
  })
  async recordings(
    @Ctx() context: Context,
    @Args() asked: PageArgs,
    @Arg('orderBy', () => RecordingOrder, {
      nullable: true,
      defaultValue: 'STARTED_AT_DESC',
      description: 'The order of the list.',
    })
    orderBy: Order | null,
    @Arg('filter', () => RecordingFilterInput, {
      nullable: true,
      description: 'Which recordings; default all.',
    })
    filter?: RecordingFilterInput | null,
  ): Promise<RecordingConnectionType> {
    const list = { filter: storeFilter(filter), orderBy: orderBy ?? 'STARTED_AT_DESC' };
    return await recordingConnection(context, asked, list);
  }

  @Query(() => [String], {
    nullable: true,
    description:
      "The addresses that Agora's notifications come from, for a firewall (REST: GET /v1/ncs/ip). Kept for a day, as Agora " +
      'changes them daily. While Agora does not answer, the last list there was; null if there was none.',
  })
  async notificationServers(@Ctx() { services }: Context): Promise<string[] | null> {
    return await services.commands.notificationServers();
  }
}
