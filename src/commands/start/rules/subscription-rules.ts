import { isUid, type Rule } from './rules.js';
import { type SubscriptionInput } from '../start-input.js';

const ALL_STREAMS = '#allstream#';
const MOST_SUBSCRIBED = 32;

const LISTS = [
  'subscribeAudioUids',
  'unsubscribeAudioUids',
  'subscribeVideoUids',
  'unsubscribeVideoUids',
] as const;

/** Who is subscribed to, in a start as in an update. */
export const SUBSCRIPTION_RULES: readonly Rule<SubscriptionInput>[] = [
  ...LISTS.flatMap((name): Rule<SubscriptionInput>[] => [
    {
      field: [name],
      message: `${name} must not name more than 32 users.`,
      broken: (input) => (input[name]?.length ?? 0) > MOST_SUBSCRIBED,
    },
    {
      field: [name],
      message: name.startsWith('un')
        ? `${name} takes uids: integers from 1 to 4294967295.`
        : `${name} takes uids (integers from 1 to 4294967295), or "#allstream#" alone.`,
      broken: (input) => {
        const list = input[name] ?? [];
        const everybody = !name.startsWith('un') && list.length === 1 && list[0] === ALL_STREAMS;
        return !everybody && !list.every(isUid);
      },
    },
  ]),
  {
    field: ['unsubscribeAudioUids'],
    message: 'Give either subscribeAudioUids or unsubscribeAudioUids, not both.',
    broken: (input) => input.subscribeAudioUids != null && input.unsubscribeAudioUids != null,
  },
  {
    field: ['unsubscribeVideoUids'],
    message: 'Give either subscribeVideoUids or unsubscribeVideoUids, not both.',
    broken: (input) => input.subscribeVideoUids != null && input.unsubscribeVideoUids != null,
  },
];
