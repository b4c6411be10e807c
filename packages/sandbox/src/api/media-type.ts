/** Whether a Content-Type header means JSON; parameters such as charset do not matter. */
export function isJsonMediaType(contentType: string | undefined): boolean {
  return contentType?.split(';')[0]?.trim().toLowerCase() === 'application/json';
}
