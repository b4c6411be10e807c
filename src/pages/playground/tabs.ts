export interface PlaygroundTab {
  query: string;
  /** As JSON. */
  variables: string;
}

/** What stands in the variables until the newcomer puts the id of a recording there. */
export const ID_PLACEHOLDER = 'paste the id here';

function json(variables: Record<string, unknown>): string {
  return JSON.stringify(variables, null, 2);
}

/** The main job from left to right, ready to run, in lines of at most 50 characters. */
export const TABS: readonly PlaygroundTab[] = [
  {
    query: `# 1. Start a recording of a channel: press the
# play button, or Ctrl-Enter.
#
# Then copy the "id" from the answer: the next
# three tabs take it in their variables, below.
# To record once more, choose another uid.

mutation StartRecording(
  $channel: String!
  $uid: String!
) {
  startRecording(
    input: {
      channel: $channel
      uid: $uid
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
    variables: json({ channel: 'lesson-4711', uid: '901001' }),
  },
  {
    query: `# 2. Watch it live: put the id from tab 1 into
# the variables, and press play.
#
# The recording comes as it is now, then after
# each change. Going to another tab here ends the
# subscription, so let it run, open this page in a
# second window, and stop the recording there, in
# tab 4: the subscription completes with it.
#
# No id at hand? Tab 5 lists every recording.

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
    query: `# 3. Its files, and everything that was seen of
# it: calls (COMMAND), notifications of Agora
# (NOTIFICATION), queries of the gateway (POLL).
#
# The id is the one from tab 1. More files appear
# once the recording is stopped, in tab 4.

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
    query: `# 4. Stop it, with the id from tab 1.
#
# Its files are uploaded then: tab 2 shows how far
# that has come, and tab 3 lists them.

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
    query: `# 5. Every recording that the gateway knows, the
# newest first. For only some of them, set the
# filter: { "phases": ["RECORDING"] }

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
