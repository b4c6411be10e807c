import { boundRules } from '@agora-recording-gateway/agora/parameters/bounds';
import { SUBSCRIPTION_PARAMETERS } from '@agora-recording-gateway/agora/parameters/channel';
import { type Rule } from './rules.js';
import { type SubscriptionInput } from '../start-input.js';

/** Of each medium either who is subscribed to, or who is not. */
export const LIST_RULES: readonly Rule<SubscriptionInput>[] = [
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

/** Who is subscribed to, in an update. */
export const SUBSCRIPTION_RULES: readonly Rule<SubscriptionInput>[] = [
  ...boundRules(SUBSCRIPTION_PARAMETERS),
  ...LIST_RULES,
];
