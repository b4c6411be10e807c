import { type TypedDocumentNode } from '@graphql-typed-document-node/core';
import { print } from 'graphql';
import { type LiveSubscription, request, subscribe } from './graphql-client.js';

/** Runs one of the example operations of schema/operations, typed as a front end has them. */
export async function run<Data, Variables>(
  url: string,
  document: TypedDocumentNode<Data, Variables>,
  variables: Variables,
): Promise<Data> {
  return await request<Data>(url, print(document), variables as Record<string, unknown>);
}

export function live<Data, Variables>(
  url: string,
  document: TypedDocumentNode<Data, Variables>,
  variables: Variables,
): LiveSubscription<Data> {
  return subscribe<Data>(url, print(document), variables as Record<string, unknown>);
}
