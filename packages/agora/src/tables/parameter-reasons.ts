/** What a reason of code 2 says: which user error it becomes, and what to do about it. */
interface ParameterReason {
  /** Matches Agora's text, whatever its case. */
  says: RegExp;
  name: 'AGORA_PARAMETER_INVALID' | 'RESOURCE_MISMATCH';
  advice: string;
}

/**
 * Reasons of code 2 that name no field (docs/agora/errors.md). They were seen in replies; no document explains them.
 */
export const PARAMETER_REASONS: readonly ParameterReason[] = [
  {
    says: /services? not selected/i,
    name: 'AGORA_PARAMETER_INVALID',
    advice:
      'Agora found nothing in the request that it could record: the mode, the scene of acquire and the parts of the config do ' +
      'not fit each other.',
  },
  {
    says: /request_?hash mismatch/i,
    name: 'RESOURCE_MISMATCH',
    advice:
      'The start differs from the config that its resource was acquired with. Start with the same config, acquire without a ' +
      'config, or start without resourceId.',
  },
  {
    says: /body check failed/i,
    name: 'AGORA_PARAMETER_INVALID',
    advice:
      'Agora could not read the body of the request, and names no field. Usual causes: a uid that is not a number from 1 to ' +
      '4294967295, or a value of the wrong type.',
  },
  {
    says: /body validate failed/i,
    name: 'AGORA_PARAMETER_INVALID',
    advice:
      'A value in the body of the request breaks a rule of Agora, and the reason names no field. Usual causes: a uid beyond ' +
      '4294967295, a channel name with other characters or too many, or a property that is missing.',
  },
];

/** Agora's form of a reason that names a field, for example "Start: invalid recordingConfig.maxIdleTime value". */
const NAMED_FIELD = /\binvalid\s+([\w.[\]]+)\s+value/i;

/** What a reason of code 2 means; null for one that is neither known nor names a field. */
export function parameterReason(reason: string | null): Omit<ParameterReason, 'says'> | null {
  if (reason === null) return null;
  const known = PARAMETER_REASONS.find(({ says }) => says.test(reason));
  if (known !== undefined) return { name: known.name, advice: known.advice };
  const field = NAMED_FIELD.exec(reason)?.[1];
  if (field === undefined) return null;
  return { name: 'AGORA_PARAMETER_INVALID', advice: `Agora refused the value of ${field}. Correct it.` };
}
