/* eslint-disable */
import * as types from './graphql.js';
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';

/**
 * Map of all GraphQL operations in the project.
 *
 * This map has several performance disadvantages:
 * 1. It is not tree-shakeable, so it will include all operations in the project.
 * 2. It is not minifiable, so the string of a GraphQL query will be multiple times inside the bundle.
 * 3. It does not support dead code elimination, so it will add unused operations.
 *
 * Therefore it is highly recommended to use the babel or swc plugin for production.
 * Learn more about it here: https://the-guild.dev/graphql/codegen/plugins/presets/preset-client#reducing-bundle-size
 */
type Documents = {
    "mutation AcquireResource($input: AcquireResourceInput!) {\n  acquireResource(input: $input) {\n    resource {\n      resourceId\n      startBefore\n      validUntil\n    }\n    userErrors {\n      ...UserErrorDetails\n    }\n  }\n}": typeof types.AcquireResourceDocument,
    "mutation AdoptRecording($input: AdoptRecordingInput!) {\n  adoptRecording(input: $input) {\n    recording {\n      ...RecordingStatus\n      resourceId\n    }\n    userErrors {\n      ...UserErrorDetails\n    }\n  }\n}": typeof types.AdoptRecordingDocument,
    "query Channels($first: Int, $after: String, $filter: RecordingCountsFilter) {\n  channels(first: $first, after: $after, filter: $filter) {\n    nodes {\n      appId\n      name\n      total\n      running\n      recordings(first: 1) {\n        nodes {\n          ...RecordingStatus\n        }\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n}": typeof types.ChannelsDocument,
    "query EventCursor {\n  recordings(first: 1) {\n    eventCursor\n  }\n}": typeof types.EventCursorDocument,
    "subscription FollowEvents($filter: RecordingEventFilter, $after: String) {\n  recordingEvents(filter: $filter, after: $after) {\n    cursor\n    node {\n      __typename\n      id\n      type\n      source\n      occurredAt\n      recording {\n        id\n        channel\n        phase\n      }\n    }\n  }\n}": typeof types.FollowEventsDocument,
    "mutation ForgetRecording($input: ForgetRecordingInput!) {\n  forgetRecording(input: $input) {\n    forgottenId\n    userErrors {\n      ...UserErrorDetails\n    }\n  }\n}": typeof types.ForgetRecordingDocument,
    "query Node($id: ID!) {\n  node(id: $id) {\n    __typename\n    id\n    ... on Recording {\n      ...RecordingStatus\n    }\n    ... on RecordedFile {\n      fileName\n    }\n    ... on RecordingEvent {\n      type\n      occurredAt\n    }\n  }\n}": typeof types.NodeDocument,
    "query NotificationServers {\n  notificationServers\n}": typeof types.NotificationServersDocument,
    "subscription RecordingChanged($by: RecordingBy!) {\n  recordingChanged(by: $by) {\n    ...RecordingStatus\n  }\n}": typeof types.RecordingChangedDocument,
    "subscription RecordingCountsChanged($filter: RecordingCountsFilter) {\n  recordingCountsChanged(filter: $filter) {\n    ...CountsDetails\n  }\n}": typeof types.RecordingCountsChangedDocument,
    "query RecordingCounts($filter: RecordingCountsFilter) {\n  recordingCounts(filter: $filter) {\n    ...CountsDetails\n  }\n}\n\nfragment CountsDetails on RecordingCounts {\n  total\n  byPhase {\n    phase\n    count\n  }\n  byMode {\n    mode\n    count\n  }\n  byEndReason {\n    endReason\n    count\n  }\n  byDay {\n    day\n    count\n  }\n}": typeof types.RecordingCountsDocument,
    "query RecordingEvents($by: RecordingBy!, $first: Int, $after: String) {\n  recording(by: $by) {\n    id\n    events(first: $first, after: $after) {\n      edges {\n        cursor\n        node {\n          __typename\n          id\n          type\n          source\n          sequence\n          occurredAt\n          receivedAt\n          ... on CallEvent {\n            operation\n            outcome\n            httpStatus\n            reason\n            serviceStatus\n          }\n          ... on MetadataEvent {\n            metadata {\n              key\n              value\n            }\n            changedBy\n          }\n          ... on UploadingProgressEvent {\n            progress\n          }\n          ... on RecorderLeaveEvent {\n            leaveReasons\n          }\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n      headCursor\n    }\n  }\n}": typeof types.RecordingEventsDocument,
    "query RecordingFiles($by: RecordingBy!, $first: Int, $after: String, $kind: FileKind) {\n  recording(by: $by) {\n    id\n    files(first: $first, after: $after, kind: $kind) {\n      totalCount {\n        count\n        exact\n      }\n      edges {\n        node {\n          id\n          fileName\n          kind\n          trackType\n          uid\n          mixedAllUsers\n          playable\n          startedAt\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n}": typeof types.RecordingFilesDocument,
    "fragment RecordingStatus on Recording {\n  id\n  sid\n  channel\n  uid\n  mode\n  phase\n  phaseInferred\n  phaseSince\n  endReason\n  version\n  startedAt\n  recordingSince\n  endedAt\n  explanation\n  startedBy\n  metadata {\n    key\n    value\n  }\n  upload {\n    state\n    progress\n  }\n  fileList {\n    __typename\n    ... on PlaylistFile {\n      fileName\n    }\n    ... on RecordedFileSet {\n      files {\n        fileName\n        kind\n        trackType\n        startedAt\n      }\n    }\n  }\n}": typeof types.RecordingStatusFragmentDoc,
    "subscription RecordingsChanged($filter: RecordingFilter, $after: String) {\n  recordingsChanged(filter: $filter, after: $after) {\n    kind\n    recordingId\n    recording {\n      ...RecordingStatus\n    }\n    cursor\n  }\n}": typeof types.RecordingsChangedDocument,
    "query Recordings($first: Int, $after: String, $filter: RecordingFilter, $orderBy: RecordingOrder) {\n  recordings(first: $first, after: $after, filter: $filter, orderBy: $orderBy) {\n    edges {\n      cursor\n      node {\n        ...RecordingStatus\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n    changeCursor\n  }\n}": typeof types.RecordingsDocument,
    "mutation RefreshRecording($input: RefreshRecordingInput!) {\n  refreshRecording(input: $input) {\n    recording {\n      ...RecordingStatus\n    }\n    userErrors {\n      ...UserErrorDetails\n    }\n  }\n}": typeof types.RefreshRecordingDocument,
    "mutation StartRecording($input: StartRecordingInput!) {\n  startRecording(input: $input) {\n    recording {\n      ...RecordingStatus\n    }\n    userErrors {\n      ...UserErrorDetails\n    }\n  }\n}\n\nfragment UserErrorDetails on UserError {\n  code\n  message\n  field\n  retryable\n  recordingId\n  agora {\n    httpStatus\n    code\n    reason\n    requestId\n  }\n}": typeof types.StartRecordingDocument,
    "mutation StopRecording($input: StopRecordingInput!) {\n  stopRecording(input: $input) {\n    recording {\n      ...RecordingStatus\n    }\n    userErrors {\n      ...UserErrorDetails\n    }\n  }\n}": typeof types.StopRecordingDocument,
    "mutation UpdateLayout($input: UpdateLayoutInput!) {\n  updateLayout(input: $input) {\n    recording {\n      id\n      composite {\n        mixedVideoLayout\n        backgroundColor\n        layoutConfig {\n          uid\n          x\n          y\n          width\n          height\n        }\n      }\n    }\n    userErrors {\n      ...UserErrorDetails\n    }\n  }\n}": typeof types.UpdateLayoutDocument,
    "mutation UpdateMetadata($input: UpdateMetadataInput!) {\n  updateMetadata(input: $input) {\n    recording {\n      ...RecordingStatus\n    }\n    userErrors {\n      ...UserErrorDetails\n    }\n  }\n}": typeof types.UpdateMetadataDocument,
    "mutation UpdateRecording($input: UpdateRecordingInput!) {\n  updateRecording(input: $input) {\n    recording {\n      ...RecordingStatus\n    }\n    userErrors {\n      ...UserErrorDetails\n    }\n  }\n}": typeof types.UpdateRecordingDocument,
};
const documents: Documents = {
    "mutation AcquireResource($input: AcquireResourceInput!) {\n  acquireResource(input: $input) {\n    resource {\n      resourceId\n      startBefore\n      validUntil\n    }\n    userErrors {\n      ...UserErrorDetails\n    }\n  }\n}": types.AcquireResourceDocument,
    "mutation AdoptRecording($input: AdoptRecordingInput!) {\n  adoptRecording(input: $input) {\n    recording {\n      ...RecordingStatus\n      resourceId\n    }\n    userErrors {\n      ...UserErrorDetails\n    }\n  }\n}": types.AdoptRecordingDocument,
    "query Channels($first: Int, $after: String, $filter: RecordingCountsFilter) {\n  channels(first: $first, after: $after, filter: $filter) {\n    nodes {\n      appId\n      name\n      total\n      running\n      recordings(first: 1) {\n        nodes {\n          ...RecordingStatus\n        }\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n}": types.ChannelsDocument,
    "query EventCursor {\n  recordings(first: 1) {\n    eventCursor\n  }\n}": types.EventCursorDocument,
    "subscription FollowEvents($filter: RecordingEventFilter, $after: String) {\n  recordingEvents(filter: $filter, after: $after) {\n    cursor\n    node {\n      __typename\n      id\n      type\n      source\n      occurredAt\n      recording {\n        id\n        channel\n        phase\n      }\n    }\n  }\n}": types.FollowEventsDocument,
    "mutation ForgetRecording($input: ForgetRecordingInput!) {\n  forgetRecording(input: $input) {\n    forgottenId\n    userErrors {\n      ...UserErrorDetails\n    }\n  }\n}": types.ForgetRecordingDocument,
    "query Node($id: ID!) {\n  node(id: $id) {\n    __typename\n    id\n    ... on Recording {\n      ...RecordingStatus\n    }\n    ... on RecordedFile {\n      fileName\n    }\n    ... on RecordingEvent {\n      type\n      occurredAt\n    }\n  }\n}": types.NodeDocument,
    "query NotificationServers {\n  notificationServers\n}": types.NotificationServersDocument,
    "subscription RecordingChanged($by: RecordingBy!) {\n  recordingChanged(by: $by) {\n    ...RecordingStatus\n  }\n}": types.RecordingChangedDocument,
    "subscription RecordingCountsChanged($filter: RecordingCountsFilter) {\n  recordingCountsChanged(filter: $filter) {\n    ...CountsDetails\n  }\n}": types.RecordingCountsChangedDocument,
    "query RecordingCounts($filter: RecordingCountsFilter) {\n  recordingCounts(filter: $filter) {\n    ...CountsDetails\n  }\n}\n\nfragment CountsDetails on RecordingCounts {\n  total\n  byPhase {\n    phase\n    count\n  }\n  byMode {\n    mode\n    count\n  }\n  byEndReason {\n    endReason\n    count\n  }\n  byDay {\n    day\n    count\n  }\n}": types.RecordingCountsDocument,
    "query RecordingEvents($by: RecordingBy!, $first: Int, $after: String) {\n  recording(by: $by) {\n    id\n    events(first: $first, after: $after) {\n      edges {\n        cursor\n        node {\n          __typename\n          id\n          type\n          source\n          sequence\n          occurredAt\n          receivedAt\n          ... on CallEvent {\n            operation\n            outcome\n            httpStatus\n            reason\n            serviceStatus\n          }\n          ... on MetadataEvent {\n            metadata {\n              key\n              value\n            }\n            changedBy\n          }\n          ... on UploadingProgressEvent {\n            progress\n          }\n          ... on RecorderLeaveEvent {\n            leaveReasons\n          }\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n      headCursor\n    }\n  }\n}": types.RecordingEventsDocument,
    "query RecordingFiles($by: RecordingBy!, $first: Int, $after: String, $kind: FileKind) {\n  recording(by: $by) {\n    id\n    files(first: $first, after: $after, kind: $kind) {\n      totalCount {\n        count\n        exact\n      }\n      edges {\n        node {\n          id\n          fileName\n          kind\n          trackType\n          uid\n          mixedAllUsers\n          playable\n          startedAt\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n}": types.RecordingFilesDocument,
    "fragment RecordingStatus on Recording {\n  id\n  sid\n  channel\n  uid\n  mode\n  phase\n  phaseInferred\n  phaseSince\n  endReason\n  version\n  startedAt\n  recordingSince\n  endedAt\n  explanation\n  startedBy\n  metadata {\n    key\n    value\n  }\n  upload {\n    state\n    progress\n  }\n  fileList {\n    __typename\n    ... on PlaylistFile {\n      fileName\n    }\n    ... on RecordedFileSet {\n      files {\n        fileName\n        kind\n        trackType\n        startedAt\n      }\n    }\n  }\n}": types.RecordingStatusFragmentDoc,
    "subscription RecordingsChanged($filter: RecordingFilter, $after: String) {\n  recordingsChanged(filter: $filter, after: $after) {\n    kind\n    recordingId\n    recording {\n      ...RecordingStatus\n    }\n    cursor\n  }\n}": types.RecordingsChangedDocument,
    "query Recordings($first: Int, $after: String, $filter: RecordingFilter, $orderBy: RecordingOrder) {\n  recordings(first: $first, after: $after, filter: $filter, orderBy: $orderBy) {\n    edges {\n      cursor\n      node {\n        ...RecordingStatus\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n    changeCursor\n  }\n}": types.RecordingsDocument,
    "mutation RefreshRecording($input: RefreshRecordingInput!) {\n  refreshRecording(input: $input) {\n    recording {\n      ...RecordingStatus\n    }\n    userErrors {\n      ...UserErrorDetails\n    }\n  }\n}": types.RefreshRecordingDocument,
    "mutation StartRecording($input: StartRecordingInput!) {\n  startRecording(input: $input) {\n    recording {\n      ...RecordingStatus\n    }\n    userErrors {\n      ...UserErrorDetails\n    }\n  }\n}\n\nfragment UserErrorDetails on UserError {\n  code\n  message\n  field\n  retryable\n  recordingId\n  agora {\n    httpStatus\n    code\n    reason\n    requestId\n  }\n}": types.StartRecordingDocument,
    "mutation StopRecording($input: StopRecordingInput!) {\n  stopRecording(input: $input) {\n    recording {\n      ...RecordingStatus\n    }\n    userErrors {\n      ...UserErrorDetails\n    }\n  }\n}": types.StopRecordingDocument,
    "mutation UpdateLayout($input: UpdateLayoutInput!) {\n  updateLayout(input: $input) {\n    recording {\n      id\n      composite {\n        mixedVideoLayout\n        backgroundColor\n        layoutConfig {\n          uid\n          x\n          y\n          width\n          height\n        }\n      }\n    }\n    userErrors {\n      ...UserErrorDetails\n    }\n  }\n}": types.UpdateLayoutDocument,
    "mutation UpdateMetadata($input: UpdateMetadataInput!) {\n  updateMetadata(input: $input) {\n    recording {\n      ...RecordingStatus\n    }\n    userErrors {\n      ...UserErrorDetails\n    }\n  }\n}": types.UpdateMetadataDocument,
    "mutation UpdateRecording($input: UpdateRecordingInput!) {\n  updateRecording(input: $input) {\n    recording {\n      ...RecordingStatus\n    }\n    userErrors {\n      ...UserErrorDetails\n    }\n  }\n}": types.UpdateRecordingDocument,
};

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 *
 *
 * @example
 * ```ts
 * const query = graphql(`query GetUser($id: ID!) { user(id: $id) { name } }`);
 * ```
 *
 * The query argument is unknown!
 * Please regenerate the types.
 */
export function graphql(source: string): unknown;

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation AcquireResource($input: AcquireResourceInput!) {\n  acquireResource(input: $input) {\n    resource {\n      resourceId\n      startBefore\n      validUntil\n    }\n    userErrors {\n      ...UserErrorDetails\n    }\n  }\n}"): (typeof documents)["mutation AcquireResource($input: AcquireResourceInput!) {\n  acquireResource(input: $input) {\n    resource {\n      resourceId\n      startBefore\n      validUntil\n    }\n    userErrors {\n      ...UserErrorDetails\n    }\n  }\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation AdoptRecording($input: AdoptRecordingInput!) {\n  adoptRecording(input: $input) {\n    recording {\n      ...RecordingStatus\n      resourceId\n    }\n    userErrors {\n      ...UserErrorDetails\n    }\n  }\n}"): (typeof documents)["mutation AdoptRecording($input: AdoptRecordingInput!) {\n  adoptRecording(input: $input) {\n    recording {\n      ...RecordingStatus\n      resourceId\n    }\n    userErrors {\n      ...UserErrorDetails\n    }\n  }\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query Channels($first: Int, $after: String, $filter: RecordingCountsFilter) {\n  channels(first: $first, after: $after, filter: $filter) {\n    nodes {\n      appId\n      name\n      total\n      running\n      recordings(first: 1) {\n        nodes {\n          ...RecordingStatus\n        }\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n}"): (typeof documents)["query Channels($first: Int, $after: String, $filter: RecordingCountsFilter) {\n  channels(first: $first, after: $after, filter: $filter) {\n    nodes {\n      appId\n      name\n      total\n      running\n      recordings(first: 1) {\n        nodes {\n          ...RecordingStatus\n        }\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query EventCursor {\n  recordings(first: 1) {\n    eventCursor\n  }\n}"): (typeof documents)["query EventCursor {\n  recordings(first: 1) {\n    eventCursor\n  }\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "subscription FollowEvents($filter: RecordingEventFilter, $after: String) {\n  recordingEvents(filter: $filter, after: $after) {\n    cursor\n    node {\n      __typename\n      id\n      type\n      source\n      occurredAt\n      recording {\n        id\n        channel\n        phase\n      }\n    }\n  }\n}"): (typeof documents)["subscription FollowEvents($filter: RecordingEventFilter, $after: String) {\n  recordingEvents(filter: $filter, after: $after) {\n    cursor\n    node {\n      __typename\n      id\n      type\n      source\n      occurredAt\n      recording {\n        id\n        channel\n        phase\n      }\n    }\n  }\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation ForgetRecording($input: ForgetRecordingInput!) {\n  forgetRecording(input: $input) {\n    forgottenId\n    userErrors {\n      ...UserErrorDetails\n    }\n  }\n}"): (typeof documents)["mutation ForgetRecording($input: ForgetRecordingInput!) {\n  forgetRecording(input: $input) {\n    forgottenId\n    userErrors {\n      ...UserErrorDetails\n    }\n  }\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query Node($id: ID!) {\n  node(id: $id) {\n    __typename\n    id\n    ... on Recording {\n      ...RecordingStatus\n    }\n    ... on RecordedFile {\n      fileName\n    }\n    ... on RecordingEvent {\n      type\n      occurredAt\n    }\n  }\n}"): (typeof documents)["query Node($id: ID!) {\n  node(id: $id) {\n    __typename\n    id\n    ... on Recording {\n      ...RecordingStatus\n    }\n    ... on RecordedFile {\n      fileName\n    }\n    ... on RecordingEvent {\n      type\n      occurredAt\n    }\n  }\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query NotificationServers {\n  notificationServers\n}"): (typeof documents)["query NotificationServers {\n  notificationServers\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "subscription RecordingChanged($by: RecordingBy!) {\n  recordingChanged(by: $by) {\n    ...RecordingStatus\n  }\n}"): (typeof documents)["subscription RecordingChanged($by: RecordingBy!) {\n  recordingChanged(by: $by) {\n    ...RecordingStatus\n  }\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "subscription RecordingCountsChanged($filter: RecordingCountsFilter) {\n  recordingCountsChanged(filter: $filter) {\n    ...CountsDetails\n  }\n}"): (typeof documents)["subscription RecordingCountsChanged($filter: RecordingCountsFilter) {\n  recordingCountsChanged(filter: $filter) {\n    ...CountsDetails\n  }\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query RecordingCounts($filter: RecordingCountsFilter) {\n  recordingCounts(filter: $filter) {\n    ...CountsDetails\n  }\n}\n\nfragment CountsDetails on RecordingCounts {\n  total\n  byPhase {\n    phase\n    count\n  }\n  byMode {\n    mode\n    count\n  }\n  byEndReason {\n    endReason\n    count\n  }\n  byDay {\n    day\n    count\n  }\n}"): (typeof documents)["query RecordingCounts($filter: RecordingCountsFilter) {\n  recordingCounts(filter: $filter) {\n    ...CountsDetails\n  }\n}\n\nfragment CountsDetails on RecordingCounts {\n  total\n  byPhase {\n    phase\n    count\n  }\n  byMode {\n    mode\n    count\n  }\n  byEndReason {\n    endReason\n    count\n  }\n  byDay {\n    day\n    count\n  }\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query RecordingEvents($by: RecordingBy!, $first: Int, $after: String) {\n  recording(by: $by) {\n    id\n    events(first: $first, after: $after) {\n      edges {\n        cursor\n        node {\n          __typename\n          id\n          type\n          source\n          sequence\n          occurredAt\n          receivedAt\n          ... on CallEvent {\n            operation\n            outcome\n            httpStatus\n            reason\n            serviceStatus\n          }\n          ... on MetadataEvent {\n            metadata {\n              key\n              value\n            }\n            changedBy\n          }\n          ... on UploadingProgressEvent {\n            progress\n          }\n          ... on RecorderLeaveEvent {\n            leaveReasons\n          }\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n      headCursor\n    }\n  }\n}"): (typeof documents)["query RecordingEvents($by: RecordingBy!, $first: Int, $after: String) {\n  recording(by: $by) {\n    id\n    events(first: $first, after: $after) {\n      edges {\n        cursor\n        node {\n          __typename\n          id\n          type\n          source\n          sequence\n          occurredAt\n          receivedAt\n          ... on CallEvent {\n            operation\n            outcome\n            httpStatus\n            reason\n            serviceStatus\n          }\n          ... on MetadataEvent {\n            metadata {\n              key\n              value\n            }\n            changedBy\n          }\n          ... on UploadingProgressEvent {\n            progress\n          }\n          ... on RecorderLeaveEvent {\n            leaveReasons\n          }\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n      headCursor\n    }\n  }\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query RecordingFiles($by: RecordingBy!, $first: Int, $after: String, $kind: FileKind) {\n  recording(by: $by) {\n    id\n    files(first: $first, after: $after, kind: $kind) {\n      totalCount {\n        count\n        exact\n      }\n      edges {\n        node {\n          id\n          fileName\n          kind\n          trackType\n          uid\n          mixedAllUsers\n          playable\n          startedAt\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n}"): (typeof documents)["query RecordingFiles($by: RecordingBy!, $first: Int, $after: String, $kind: FileKind) {\n  recording(by: $by) {\n    id\n    files(first: $first, after: $after, kind: $kind) {\n      totalCount {\n        count\n        exact\n      }\n      edges {\n        node {\n          id\n          fileName\n          kind\n          trackType\n          uid\n          mixedAllUsers\n          playable\n          startedAt\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "fragment RecordingStatus on Recording {\n  id\n  sid\n  channel\n  uid\n  mode\n  phase\n  phaseInferred\n  phaseSince\n  endReason\n  version\n  startedAt\n  recordingSince\n  endedAt\n  explanation\n  startedBy\n  metadata {\n    key\n    value\n  }\n  upload {\n    state\n    progress\n  }\n  fileList {\n    __typename\n    ... on PlaylistFile {\n      fileName\n    }\n    ... on RecordedFileSet {\n      files {\n        fileName\n        kind\n        trackType\n        startedAt\n      }\n    }\n  }\n}"): (typeof documents)["fragment RecordingStatus on Recording {\n  id\n  sid\n  channel\n  uid\n  mode\n  phase\n  phaseInferred\n  phaseSince\n  endReason\n  version\n  startedAt\n  recordingSince\n  endedAt\n  explanation\n  startedBy\n  metadata {\n    key\n    value\n  }\n  upload {\n    state\n    progress\n  }\n  fileList {\n    __typename\n    ... on PlaylistFile {\n      fileName\n    }\n    ... on RecordedFileSet {\n      files {\n        fileName\n        kind\n        trackType\n        startedAt\n      }\n    }\n  }\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "subscription RecordingsChanged($filter: RecordingFilter, $after: String) {\n  recordingsChanged(filter: $filter, after: $after) {\n    kind\n    recordingId\n    recording {\n      ...RecordingStatus\n    }\n    cursor\n  }\n}"): (typeof documents)["subscription RecordingsChanged($filter: RecordingFilter, $after: String) {\n  recordingsChanged(filter: $filter, after: $after) {\n    kind\n    recordingId\n    recording {\n      ...RecordingStatus\n    }\n    cursor\n  }\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query Recordings($first: Int, $after: String, $filter: RecordingFilter, $orderBy: RecordingOrder) {\n  recordings(first: $first, after: $after, filter: $filter, orderBy: $orderBy) {\n    edges {\n      cursor\n      node {\n        ...RecordingStatus\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n    changeCursor\n  }\n}"): (typeof documents)["query Recordings($first: Int, $after: String, $filter: RecordingFilter, $orderBy: RecordingOrder) {\n  recordings(first: $first, after: $after, filter: $filter, orderBy: $orderBy) {\n    edges {\n      cursor\n      node {\n        ...RecordingStatus\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n    changeCursor\n  }\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation RefreshRecording($input: RefreshRecordingInput!) {\n  refreshRecording(input: $input) {\n    recording {\n      ...RecordingStatus\n    }\n    userErrors {\n      ...UserErrorDetails\n    }\n  }\n}"): (typeof documents)["mutation RefreshRecording($input: RefreshRecordingInput!) {\n  refreshRecording(input: $input) {\n    recording {\n      ...RecordingStatus\n    }\n    userErrors {\n      ...UserErrorDetails\n    }\n  }\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation StartRecording($input: StartRecordingInput!) {\n  startRecording(input: $input) {\n    recording {\n      ...RecordingStatus\n    }\n    userErrors {\n      ...UserErrorDetails\n    }\n  }\n}\n\nfragment UserErrorDetails on UserError {\n  code\n  message\n  field\n  retryable\n  recordingId\n  agora {\n    httpStatus\n    code\n    reason\n    requestId\n  }\n}"): (typeof documents)["mutation StartRecording($input: StartRecordingInput!) {\n  startRecording(input: $input) {\n    recording {\n      ...RecordingStatus\n    }\n    userErrors {\n      ...UserErrorDetails\n    }\n  }\n}\n\nfragment UserErrorDetails on UserError {\n  code\n  message\n  field\n  retryable\n  recordingId\n  agora {\n    httpStatus\n    code\n    reason\n    requestId\n  }\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation StopRecording($input: StopRecordingInput!) {\n  stopRecording(input: $input) {\n    recording {\n      ...RecordingStatus\n    }\n    userErrors {\n      ...UserErrorDetails\n    }\n  }\n}"): (typeof documents)["mutation StopRecording($input: StopRecordingInput!) {\n  stopRecording(input: $input) {\n    recording {\n      ...RecordingStatus\n    }\n    userErrors {\n      ...UserErrorDetails\n    }\n  }\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation UpdateLayout($input: UpdateLayoutInput!) {\n  updateLayout(input: $input) {\n    recording {\n      id\n      composite {\n        mixedVideoLayout\n        backgroundColor\n        layoutConfig {\n          uid\n          x\n          y\n          width\n          height\n        }\n      }\n    }\n    userErrors {\n      ...UserErrorDetails\n    }\n  }\n}"): (typeof documents)["mutation UpdateLayout($input: UpdateLayoutInput!) {\n  updateLayout(input: $input) {\n    recording {\n      id\n      composite {\n        mixedVideoLayout\n        backgroundColor\n        layoutConfig {\n          uid\n          x\n          y\n          width\n          height\n        }\n      }\n    }\n    userErrors {\n      ...UserErrorDetails\n    }\n  }\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation UpdateMetadata($input: UpdateMetadataInput!) {\n  updateMetadata(input: $input) {\n    recording {\n      ...RecordingStatus\n    }\n    userErrors {\n      ...UserErrorDetails\n    }\n  }\n}"): (typeof documents)["mutation UpdateMetadata($input: UpdateMetadataInput!) {\n  updateMetadata(input: $input) {\n    recording {\n      ...RecordingStatus\n    }\n    userErrors {\n      ...UserErrorDetails\n    }\n  }\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation UpdateRecording($input: UpdateRecordingInput!) {\n  updateRecording(input: $input) {\n    recording {\n      ...RecordingStatus\n    }\n    userErrors {\n      ...UserErrorDetails\n    }\n  }\n}"): (typeof documents)["mutation UpdateRecording($input: UpdateRecordingInput!) {\n  updateRecording(input: $input) {\n    recording {\n      ...RecordingStatus\n    }\n    userErrors {\n      ...UserErrorDetails\n    }\n  }\n}"];

export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}

export type DocumentType<TDocumentNode extends DocumentNode<any, any>> = TDocumentNode extends DocumentNode<  infer TType,  any>  ? TType  : never;