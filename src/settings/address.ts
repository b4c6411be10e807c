import * as z from 'zod';

/** What is wrong with a base address, or null. The address is never quoted: it may hold a password. */
function addressProblem(text: string): string | null {
  if (!URL.canParse(text)) return 'is not a valid URL';
  const { protocol, username, password, pathname, search, hash, host } = new URL(text);
  if (!/^https?:$/.test(protocol) || host === '') return 'must begin with http:// or https:// and a host';
  if (username !== '' || password !== '') return 'must not contain a user name or password';
  if (!/^\/+$/.test(pathname)) return 'must not contain a path';
  if (search !== '' || hash !== '' || /[?#]/.test(text)) return 'must not contain a query or fragment';
  return null;
}

/** A base address: scheme, host and optional port. Trailing slashes are dropped. */
export const baseAddress = z
  .string()
  .superRefine((text, context) => {
    const problem = addressProblem(text);
    if (problem !== null) context.addIssue({ code: 'custom', message: problem });
  })
  .transform((text) => text.replace(/\/+$/, ''));
