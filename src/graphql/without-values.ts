/**
 * graphql quotes the value that it refuses, and inputs hold secrets: a token beside a misspelt field would come back in
 * the error. What is wrong and where stays; the value goes.
 */
export function withoutValues(message: string): string {
  return message
    .replace(/ got invalid value [\s\S]*?( at "[^"\n]*")?; (?=[^;]*$)/, ' got an invalid value$1; ')
    .replace(/(cannot represent [^:]*): [\s\S]*$/, '$1.')
    .replace(/\b((?:Block)?String) "[\s\S]*"/, '$1');
}
