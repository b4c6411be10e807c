import { CALL_REASON_NAMES, CALL_REASONS } from '../../recordings/call-reason.js';
import { defineEnum, named } from './define-enum.js';

export const CallReason = defineEnum(
  'CallReason',
  'Why Agora is called about a recording.',
  named(CALL_REASON_NAMES.map((name) => ({ name, description: CALL_REASONS[name] }))),
);

export const CallOperation = defineEnum('CallOperation', "An operation of Agora's REST API.", {
  ACQUIRE: ['acquire', 'Reserves a resource.'],
  START: ['start', 'Starts a recording.'],
  QUERY: ['query', 'Asks for the state of a recording.'],
  UPDATE: ['update', 'Changes subscriptions, pause, push addresses or storage credentials.'],
  UPDATE_LAYOUT: ['updateLayout', 'Replaces the layout of a composite recording.'],
  STOP: ['stop', 'Ends a recording.'],
});

export const CallOutcome = defineEnum('CallOutcome', 'The outcome of a call.', {
  SENT: ['SENT', 'Written down, and about to be sent.'],
  ANSWERED: ['ANSWERED', 'Agora answered; see `httpStatus` and `agoraCode`.'],
  ADOPTED: ['ADOPTED', 'A recording that was started elsewhere was taken over, after a query that found it.'],
  NOT_SENT: [
    'NOT_SENT',
    'The gateway did not send the call: the call budget was used up, or no connection could be made.',
  ],
  NOT_ANSWERED: ['NOT_ANSWERED', 'No answer came; whether Agora acted is in doubt.'],
});
