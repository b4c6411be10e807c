export interface PlaygroundTab {
  query: string;
  /** As JSON. */
  variables: string;
}

/** What stands in the variables for the id of the recording that tab 1 started, until another one is put there. */
export const ID_PLACEHOLDER = 'the id from tab 1';

function json(variables: Record<string, unknown>): string {
  return JSON.stringify(variables, null, 2);
}

/** The main job from left to right, ready to run, in lines that a telephone shows whole, where they are comments. */
export const TABS: readonly PlaygroundTab[] = [
  {
    query: `# 1. Start a recording of a
# channel: press the play button,
# or Ctrl-Enter.
#
# The next three tabs take the id
# of the answer by themselves.
# With the same key it is the
# same start, however often it is
# sent. To record once more,
# choose another uid and another
# key.
#
# Where a credential is needed,
# put it under Headers:
# { "Authorization": "Bearer X" }
# Tabs without any send the same.

mutation StartRecording(
  $channel: String!
  $uid: String!
  $key: String!
) {
  startRecording(
    input: {
      channel: $channel
      uid: $uid
      idempotencyKey: $key
      config: {
        composite: { avFileType: [HLS, MP4] }
      }
    }
  ) {
    recording {
      id
      phase
      explanation
    }
    userErrors {
      code
      message
      field
    }
  }
}
`,
    variables: json({ channel: 'lesson-4711', uid: '901001', key: 'first-try' }),
  },
  {
    query: `# 2. Watch it live: press play.
#
# The recording comes as it is
# now, then after each change, the
# latest on top. Going to another
# tab here ends the subscription,
# so let it run, open this page in
# a second window, and stop the
# recording there, in tab 4: the
# subscription completes with it.
#
# No id at hand? Tab 5 lists every
# recording.

subscription WatchRecording($id: ID!) {
  recordingChanged(by: { id: $id }) {
    version
    phase
    observedBy
    explanation
    upload {
      state
      progress
    }
  }
}
`,
    variables: json({ id: ID_PLACEHOLDER }),
  },
  {
    query: `# 3. Its files, and everything
# that was seen of it: calls
# (COMMAND), notifications of
# Agora (NOTIFICATION), queries of
# the gateway (POLL).
#
# The id is the one from tab 1.
# More files appear once the
# recording is stopped, in tab 4.

query FilesAndEvents($id: ID!) {
  recording(by: { id: $id }) {
    phase
    files {
      edges {
        node {
          fileName
          kind
          playable
        }
      }
    }
    events(last: 20) {
      edges {
        node {
          type
          source
          occurredAt
        }
      }
    }
  }
}
`,
    variables: json({ id: ID_PLACEHOLDER }),
  },
  {
    query: `# 4. Stop it, with the id from
# tab 1.
#
# Its files are uploaded then: tab
# 2 shows how far that has come,
# and tab 3 lists them.

mutation StopRecording($id: ID!) {
  stopRecording(
    input: { recordingId: $id, waitSeconds: 10 }
  ) {
    recording {
      phase
      endReason
      upload {
        state
      }
    }
    userErrors {
      code
      message
    }
  }
}
`,
    variables: json({ id: ID_PLACEHOLDER }),
  },
  {
    query: `# 5. Every recording that the
# gateway knows, the newest first.
# For only some of them, set the
# filter:
# { "phases": ["RECORDING"] }

query ListRecordings($filter: RecordingFilter) {
  recordings(first: 20, filter: $filter) {
    edges {
      node {
        id
        channel
        uid
        phase
        startedAt
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
`,
    variables: json({ filter: {} }),
  },
];
