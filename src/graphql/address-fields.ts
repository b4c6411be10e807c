import {
  BREAK,
  type DocumentNode,
  getNamedType,
  type GraphQLSchema,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';

/** The types whose values hold the address of a file. */
const ADDRESS_TYPES = ['SignedAddress', 'PlaybackSource'];

/** Says of a valid document whether its results may hold addresses of files, which are made for one credential each. */
export function createAddressSearch(schema: GraphQLSchema): (document: DocumentNode) => boolean {
  const known = new WeakMap<DocumentNode, boolean>();

  function search(document: DocumentNode): boolean {
    const types = new TypeInfo(schema);
    let found = false;
    const visitor = {
      Field() {
        found = ADDRESS_TYPES.includes(getNamedType(types.getType())?.name ?? '');
        return found ? BREAK : undefined;
      },
    };
    visit(document, visitWithTypeInfo(types, visitor));
    return found;
  }

  return (document) => {
    const found = known.get(document) ?? search(document);
    known.set(document, found);
    return found;
  };
}
