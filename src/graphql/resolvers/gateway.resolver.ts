import { Ctx, FieldResolver, Query, Resolver } from 'type-graphql';
import { VERSION } from '../../version.js';
import { type Context } from '../context.js';
import { MAX_ALIASES, MAX_DEPTH, MAX_REPLY_BYTES, MAX_TOKENS } from '../limits/bounds.js';
import { MAX_PAGE_SIZE } from '../pagination.js';
import { presentStoragePlace } from '../present/present.js';
import { GatewayStatusType } from '../types/status.type.js';
import { GatewayType, ProjectType, StorageProfileType } from '../types/gateway.type.js';
import { MAX_LIST_LENGTH } from './store-filter.js';

/** What the configuration offers to front ends, and the gateway itself. */
@Resolver(() => GatewayType)
export class GatewayResolver {
  @FieldResolver(() => GatewayStatusType, {
    nullable: true,
    description:
      'How this process of it fares. Needs recordings:admin; otherwise null with the error FORBIDDEN.',
  })
  async status(@Ctx() { services }: Context): Promise<GatewayStatusType> {
    return await services.status();
  }

  @Query(() => [StorageProfileType], {
    description: 'The storage profiles that startRecording can name, in the order of the configuration.',
  })
  storageProfiles(@Ctx() { services: { configuration } }: Context): StorageProfileType[] {
    return configuration.profiles().map(({ name, isDefault, bucket, fileNamePrefix, ...place }) => ({
      ...{ name, isDefault, bucket, fileNamePrefix },
      ...presentStoragePlace(place),
    }));
  }

  @Query(() => [ProjectType], {
    description: 'The Agora projects that can be recorded.',
  })
  projects(@Ctx() { services: { configuration } }: Context): ProjectType[] {
    return configuration.appIds.map((appId) => ({ appId, isDefault: appId === configuration.defaultAppId }));
  }

  @Query(() => GatewayType, { description: 'What this gateway is, and what bounds an operation.' })
  gateway(@Ctx() { services: { configuration } }: Context): GatewayType {
    return {
      version: VERSION,
      mode: configuration.isSandbox ? 'SANDBOX' : 'AGORA',
      allowsInlineStorage: configuration.allowInlineStorage,
      limits: {
        pageSize: MAX_PAGE_SIZE,
        filterValues: MAX_LIST_LENGTH,
        depth: MAX_DEPTH,
        aliases: MAX_ALIASES,
        tokens: MAX_TOKENS,
        replyBytes: MAX_REPLY_BYTES,
      },
    };
  }
}
