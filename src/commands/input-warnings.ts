/** A value of the input that has no effect and is not sent, or that the caller probably does not mean. The command continues. */
export interface InputWarning {
  code: 'NO_EFFECT' | 'TOKEN_EXPIRES_EARLY';
  message: string;
  /** Path into the input. */
  field: string[];
}

/**
 * Values that only need to be set in some cases, as Agora's documents put it. In the other cases they have no effect, and no
 * document forbids them, so they cause a warning and never an error.
 */
export interface EffectRule<T> {
  /** Path into the input. */
  field: readonly string[];
  message: string;
  hasNoEffect: (input: T) => boolean;
}

/** A copy of the value without the property at the path. */
export function withoutPath<T>(value: T, path: readonly string[]): T {
  const [name, ...rest] = path;
  if (name === undefined || typeof value !== 'object' || value === null) return value;
  const { [name]: inner, ...others } = value as Record<string, unknown>;
  return (rest.length === 0 ? others : { ...others, [name]: withoutPath(inner, rest) }) as T;
}

/** The input without the values that have no effect, and a warning for each. `at`: path of the input. */
export function splitEffects<T>(
  rules: readonly EffectRule<T>[],
  input: T,
  at: readonly string[] = [],
): { input: T; warnings: InputWarning[] } {
  const found = rules.filter((rule) => rule.hasNoEffect(input));
  return {
    input: found.reduce((kept, { field }) => withoutPath(kept, field), input),
    warnings: found.map(({ field, message }) => ({ code: 'NO_EFFECT', message, field: [...at, ...field] })),
  };
}
