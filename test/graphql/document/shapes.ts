/** Documents that grow with a number, each in a way that some rule could take more than linear time for. */

function repeat(times: number, part: (index: number) => string): string {
  return Array.from({ length: times }, (_, index) => part(index)).join(' ');
}

/** The side of a square with this many fields. */
function side(size: number): number {
  return Math.max(1, Math.floor(Math.sqrt(size)));
}

export const SHAPES: Readonly<Record<string, (size: number) => string>> = {
  'fragments that spread the next one twice': (size) =>
    `{ ...f0 } ${repeat(size, (i) => `fragment f${i} on Query { ...f${i + 1} ...f${i + 1} }`)}
     fragment f${size} on Query { __typename }`,
  'fragments with fields that spread the next one twice': (size) =>
    `{ ...f0 } ${repeat(size, (i) => `fragment f${i} on Query { __typename ...f${i + 1} ... { ...f${i + 1} } }`)}
     fragment f${size} on Query { __typename }`,
  'fragments that nest the next one twice': (size) =>
    `{ recording(by: { id: "x" }) { ...f0 } }
     ${repeat(size, (i) => `fragment f${i} on Recording { a: events { edges { node { recording { ...f${i + 1} } } } } b: events { edges { node { recording { ...f${i + 1} } } } } }`)}
     fragment f${size} on Recording { id }`,
  'fragments that all spread all': (size) =>
    `{ ...f0 } ${repeat(side(size), (i) => `fragment f${i} on Query { ${repeat(side(size), (j) => `...f${j}`)} }`)}`,
  'fragments that spread all later ones': (size) =>
    `{ ...f0 } ${repeat(side(size), (i) => `fragment f${i} on Query { __typename ${repeat(side(size) - i - 1, (j) => `...f${i + j + 1}`)} }`)}`,
  'fragments in one selection': (size) =>
    `{ ${repeat(size, (i) => `...f${i}`)} } ${repeat(size, (i) => `fragment f${i} on Query { __typename }`)}`,
  'fragments with selections in one selection': (size) =>
    `{ recording(by: { id: "x" }) { ${repeat(size, (i) => `...f${i}`)} } }
     ${repeat(size, (i) => `fragment f${i} on Recording { id upload { state } }`)}`,
  'fragments with the same fields': (size) =>
    `{ ${repeat(side(size), (i) => `...f${i}`)} }
     ${repeat(side(size), (i) => `fragment f${i} on Query { ${repeat(side(size), () => 'recording(by: { id: "x" }) { id }')} }`)}`,
  'fragments that spread each other in a circle': (size) =>
    `{ ...f0 } ${repeat(size, (i) => `fragment f${i} on Query { ...f${(i + 1) % size} }`)}`,
  'fragments that are not used': (size) =>
    `{ __typename } ${repeat(size, (i) => `fragment f${i} on Query { __typename }`)}`,
  'fragments that are not there': (size) => `{ ${repeat(size, (i) => `...f${i}`)} }`,
  'operations that use a chain of fragments': (size) =>
    `${repeat(size, (i) => `query q${i} { ...f0 }`)}
     ${repeat(size, (i) => `fragment f${i} on Query { __typename ...f${i + 1} }`)} fragment f${size} on Query { __typename }`,
  'operations that use variables in a fragment': (size) =>
    `${repeat(size, (i) => `query q${i}($v: ID) { ...f }`)}
     fragment f on Query { ${repeat(size, (i) => `a${i}: recording(by: { id: $v }) { id }`)} }`,
  'one field': (size) => `{ ${repeat(size, () => '__typename')} }`,
  'one field with a selection': (size) => `{ ${repeat(size, () => 'recording(by: { id: "x" }) { id }')} }`,
  'one field with nested selections': (size) =>
    `{ ${repeat(size, () => 'recording(by: { id: "x" }) { upload { state } events { pageInfo { endCursor } } }')} }`,
  'one field with a long argument': (size) =>
    `{ ${repeat(side(size), () => `recordings(filter: { channels: [${repeat(side(size), () => '"a"')}] }) { changeCursor }`)} }`,
  'different fields of one name': (size) =>
    `{ ${repeat(size, (i) => `a: ${i % 2 === 0 ? '__typename' : 'notificationServers'}`)} }`,
  'inline fragments': (size) => `{ ${repeat(size, () => '... on Query { __typename }')} }`,
  'inline fragments inside one another': (size) =>
    `{ ${repeat(size, () => '... on Query {')} __typename ${'}'.repeat(size)} }`,
  'fields inside one another': (size) =>
    `{ recording(by: { id: "x" }) { ${repeat(size, () => 'events { edges { node { recording {')} id ${'}'.repeat(4 * size)} } }`,
  'lists inside one another': (size) =>
    `{ recordings(filter: { channels: ${'['.repeat(size)}${']'.repeat(size)} }) { changeCursor } }`,
  'types inside one another': (size) =>
    `query ($v: ${'['.repeat(size)}Int${']'.repeat(size)}) { __typename }`,
  'a long list': (size) =>
    `{ recordings(filter: { channels: [${repeat(size, () => '"a"')}] }) { changeCursor } }`,
  'a long list of wrong values': (size) =>
    `{ recordings(filter: { phases: [${repeat(size, (i) => `A${i}`)}] }) { changeCursor } }`,
  'an object with many fields': (size) => `{ recording(by: { ${repeat(size, () => 'id: "x"')} }) { id } }`,
  'unknown fields': (size) => `{ ${repeat(size, (i) => `recordingz${i}`)} }`,
  'unknown arguments': (size) => `{ recordings(${repeat(size, (i) => `firts${i}: 1`)}) { changeCursor } }`,
  'unknown directives': (size) => `{ __typename ${repeat(size, (i) => `@skipp${i}`)} }`,
  'directives on one field': (size) => `{ __typename ${repeat(size, () => '@skip(if: false)')} }`,
  'directives on many fields': (size) => `{ ${repeat(size, () => '__typename @skip(if: false)')} }`,
  'variables that are not used': (size) => `query (${repeat(size, (i) => `$v${i}: String`)}) { __typename }`,
  'variables that are used': (size) =>
    `query (${repeat(size, (i) => `$v${i}: ID!`)}) { ${repeat(size, (i) => `a${i}: recording(by: { id: $v${i} }) { id }`)} }`,
  'variables that are not defined': (size) =>
    `{ ${repeat(size, (i) => `a${i}: recording(by: { id: $v${i} }) { id }`)} }`,
  introspection: (size) => `{ ${repeat(size, (i) => `a${i}: __schema { types { name } }`)} }`,
  'introspection that doubles': (size) =>
    `{ __schema { types { ...f0 } } }
     ${repeat(size, (i) => `fragment f${i} on __Type { ofType { ...f${i + 1} } a: ofType { ...f${i + 1} } }`)}
     fragment f${size} on __Type { name }`,
  'fragments at the root of a subscription': (size) =>
    `subscription { ...f0 } ${repeat(size, (i) => `fragment f${i} on Subscription { ...f${i + 1} ...f${i + 1} }`)}
     fragment f${size} on Subscription { recordingListChanged { cursor } }`,
};
