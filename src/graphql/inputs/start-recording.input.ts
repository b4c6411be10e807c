import { COMPOSITE_PARAMETERS } from '@agora-recording-gateway/agora/parameters/channel';
import { RESOURCE_PARAMETERS, START_PARAMETERS } from '@agora-recording-gateway/agora/parameters/resource';
import { Field, InputType } from 'type-graphql';
import { MAX_METADATA_ENTRIES } from '../../recordings/metadata.js';
import { ResourceScene } from '../enums/start-option.js';
import { IndividualConfigInput } from './individual-config.input.js';
import { TranscodingConfigInput } from './layout.input.js';
import { MetadataEntryInput } from './metadata.input.js';
import { Option } from './option.js';
import { StorageConfigInput } from './storage.input.js';
import { StreamConfigInput } from './stream-config.input.js';
import { WebConfigInput } from './web-config.input.js';

@InputType('CompositeConfigInput', {
  description:
    'A composite recording: all users mixed into one file. What is left out has the default of Agora.',
})
export class CompositeConfigInput extends StreamConfigInput {
  @Option(COMPOSITE_PARAMETERS.audioProfile)
  audioProfile?: number | null;

  @Option(COMPOSITE_PARAMETERS.avFileType)
  avFileType?: string[] | null;

  @Field(() => TranscodingConfigInput, {
    nullable: true,
    description: 'Canvas and layout of the mixed video.',
  })
  transcodingConfig?: TranscodingConfigInput | null;
}

@InputType('RecordingConfigInput', { description: 'What to record, and how: exactly one of the fields.' })
export class RecordingConfigInput {
  @Field(() => IndividualConfigInput, {
    nullable: true,
    description: "Separate files for each user's streams.",
  })
  individual?: IndividualConfigInput | null;

  @Field(() => CompositeConfigInput, { nullable: true, description: 'All users mixed into one file.' })
  composite?: CompositeConfigInput | null;

  @Field(() => WebConfigInput, { nullable: true, description: 'A web page.' })
  web?: WebConfigInput | null;
}

/** What acquire and start share. */
@InputType()
abstract class PlaceInput {
  @Field(() => String, {
    nullable: true,
    description: 'The Agora project. Default: the first one configured.',
  })
  appId?: string | null;

  @Field(() => String, {
    description:
      'Name of the channel to record, at most 63 bytes (cname). A page recording joins no channel: there the name only ' +
      'identifies the recording, at most 1024 bytes.',
  })
  channel!: string;

  @Field(() => String, {
    description:
      "The recording's own uid in the channel, an integer from 1 to 4294967295 that no user has there.",
  })
  uid!: string;

  @Field(() => String, {
    nullable: true,
    description: 'Name of a storage profile. Default: the one marked so in the configuration.',
  })
  storage?: string | null;

  @Field(() => StorageConfigInput, {
    nullable: true,
    description: 'A storage with its keys, instead of a profile, where the configuration allows it.',
  })
  storageConfig?: StorageConfigInput | null;

  @Option(START_PARAMETERS.token)
  token?: string | null;

  @Option(RESOURCE_PARAMETERS.region)
  region?: string | null;

  @Option(RESOURCE_PARAMETERS.resourceExpiredHours)
  resourceExpiredHours?: number | null;

  @Option(RESOURCE_PARAMETERS.excludeResourceIds)
  excludeResourceIds?: string[] | null;
}

@InputType('StartRecordingInput', { description: 'A recording to start (acquire and start).' })
export class StartRecordingInput extends PlaceInput {
  @Field(() => RecordingConfigInput, { description: 'What to record, and how.' })
  config!: RecordingConfigInput;

  @Field(() => String, {
    nullable: true,
    description:
      'A resource of acquireResource, for the same channel and uid; acquire is skipped then. Default: one is acquired.',
  })
  resourceId?: string | null;

  @Field(() => [MetadataEntryInput], {
    nullable: true,
    description:
      `What you want to know of the recording later, such as a title or a tenant: at most ${MAX_METADATA_ENTRIES} entries, by which lists ` +
      'can be filtered. Agora never gets it. All who may see the recording can read it, so put no secrets in it.',
  })
  metadata?: MetadataEntryInput[] | null;

  @Field(() => String, {
    nullable: true,
    description:
      'A text of your own, 1 to 255 characters, new for each recording. Repeating a start with its key gives the first ' +
      "one's recording, whatever happened between, and never a second task. A refused start frees its key.",
  })
  idempotencyKey?: string | null;
}

@InputType('AcquireResourceInput', {
  description:
    'A resource to reserve for a recording (acquire). With config, Agora can choose a server that fits.',
})
export class AcquireResourceInput extends PlaceInput {
  @Field(() => ResourceScene, {
    nullable: true,
    description: 'What the resource is for. Default: what config says, else REAL_TIME.',
  })
  scene?: number | null;

  @Field(() => RecordingConfigInput, {
    nullable: true,
    description:
      'The config of the start that is to follow (startParameter); the start must then say the same.',
  })
  config?: RecordingConfigInput | null;
}
