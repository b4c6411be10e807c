import { GraphQLDateTime } from 'graphql-scalars';
import { createUnionType, Field, ID, Int, ObjectType } from 'type-graphql';
import { FileKind, TrackType } from '../enums/file.js';
import { NodeType } from './node.type.js';
import { PageInfoType } from './page-info.type.js';
import { type TotalCount, TotalCountType } from './total-count.type.js';

@ObjectType('RecordedFile', {
  implements: NodeType,
  description:
    'One file of a recording, as replies and notifications named it (fileList, or fileName of event 45 for a screenshot).',
  simpleResolvers: true,
})
export class RecordedFileType implements NodeType {
  @Field(() => ID, { description: 'Made of the recording and the file name.' })
  id!: string;

  @Field(() => String, { description: 'Name in the bucket, with its prefix directories.' })
  fileName!: string;

  @Field(() => FileKind, { description: 'By the ending of the name; SNAPSHOT for what event 45 reported.' })
  kind!: string;

  @Field(() => TrackType, { nullable: true, description: 'What it holds; null where Agora did not say.' })
  trackType!: string | null;

  @Field(() => String, { nullable: true, description: 'The same in the words of Agora.' })
  rawTrackType!: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Whose streams it holds, by its entry or else its name; "0" where all users are mixed. Null: unknown.',
  })
  uid!: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether all users are in this one file (mixedAllUser); null where Agora did not say.',
  })
  mixedAllUsers!: boolean | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether it can be played online (isPlayable); null where Agora did not say.',
  })
  playable!: boolean | null;

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description:
      'When its recording began (sliceStartTime), or a screenshot was taken, which its name says. Null where neither says it.',
  })
  startedAt!: number | null;

  @Field(() => Int, {
    nullable: true,
    description:
      'The number at the end of the name of an MP4 file or a screenshot, from 0; null where the name has none.',
  })
  index!: number | null;

  /** The id behind the field `recording`. */
  recordingId!: string;
}

@ObjectType('PlaylistFile', {
  description: 'The file list in its short form: the name of the playlist (fileListMode "string").',
  simpleResolvers: true,
})
export class PlaylistFileType {
  @Field(() => String, {
    description: 'Name of the M3U8 playlist in the bucket, with its prefix directories.',
  })
  fileName!: string;
}

@ObjectType('RecordedFileSet', {
  description: 'The file list in its long form: details of each file (fileListMode "json").',
  simpleResolvers: true,
})
export class RecordedFileSetType {
  @Field(() => [RecordedFileType], { description: "The files, in Agora's order." })
  files!: RecordedFileType[];
}

export const FileListUnion = createUnionType({
  name: 'FileList',
  description:
    'The file list as Agora returns it: one playlist name (fileListMode "string") or details of each file ("json").',
  types: () => [PlaylistFileType, RecordedFileSetType] as const,
});

@ObjectType('RecordedFileEdge', { description: 'A file in a page.', simpleResolvers: true })
export class RecordedFileEdgeType {
  @Field(() => String, { description: 'Pass it as `after` to continue after this file.' })
  cursor!: string;

  @Field(() => RecordedFileType, { description: 'The file.' })
  node!: RecordedFileType;
}

@ObjectType('RecordedFileConnection', {
  description: 'A page of files.',
  simpleResolvers: true,
})
export class RecordedFileConnectionType {
  @Field(() => [RecordedFileEdgeType], { description: 'The files of this page.' })
  edges!: RecordedFileEdgeType[];

  @Field(() => [RecordedFileType], { description: 'The same files, without their cursors.' })
  nodes!: RecordedFileType[];

  @Field(() => PageInfoType, { description: 'Where the page stands.' })
  pageInfo!: PageInfoType;

  @Field(() => TotalCountType, {
    description: 'How many files there are in all of those that are asked for, screenshots included.',
  })
  totalCount!: TotalCount;
}
