/** Causes that Agora reports both in replies and in notifications: one text each, with what to do about it. */
export const CAUSES = {
  APP_ID_INVALID: 'Agora refused the App ID. Enable Cloud Recording for the project in the Agora console.',
  CHANNEL_NAME_INVALID:
    'Agora refused the name of the channel. Use fewer than 64 of the permitted characters.',
  TOKEN_EXPIRED:
    'The token has expired. Generate one that outlives the recording (at most 24 hours); a running recording cannot renew it.',
  TOKEN_INVALID: "The token is wrong. Generate it for this App ID, this channel and the recording's own uid.",
} as const;
