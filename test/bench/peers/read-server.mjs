/**
 * A server that answers the benchmark's queries from memory: `node read-server.mjs KIND FILE`. KIND is `bare` (the bytes of each
 * reply as they are), `apollo`, `mercurius` or `yoga`; FILE holds the schema, the recordings and the replies as JSON. It
 * writes its port to standard output.
 */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { buildSchema } from 'graphql';
import { listen } from './listen.mjs';

const [, , kind, file] = process.argv;
const { schema: sdl, recordings, replies } = JSON.parse(readFileSync(file, 'utf8'));

const byId = new Map(recordings.map((recording) => [recording.id, recording]));
const bySid = new Map(recordings.map((recording) => [recording.sid, recording]));

/** A page as the gateway gives it: the first entries, with their cursors. */
function page(items, first) {
  const shown = items.slice(0, first);
  const edges = shown.map((node) => ({ cursor: node.cursor, node }));
  return {
    edges,
    nodes: shown,
    totalCount: items.length,
    pageInfo: {
      hasNextPage: items.length > first,
      hasPreviousPage: false,
      startCursor: edges.at(0)?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}

const Query = {
  recording: (_source, { by }) => byId.get(by.id) ?? bySid.get(by.sid) ?? null,
  recordings: (_source, { first }) => page(recordings, first),
};
const Recording = { files: ({ allFiles }, { first }) => page(allFiles, first) };

function withResolvers() {
  const schema = buildSchema(sdl);
  for (const [type, resolvers] of Object.entries({ Query, Recording })) {
    const fields = schema.getType(type).getFields();
    for (const [name, resolve] of Object.entries(resolvers)) fields[name].resolve = resolve;
  }
  return schema;
}

const SERVERS = {
  bare() {
    const bodies = new Map(Object.entries(replies).map(([key, body]) => [key, Buffer.from(body)]));
    return createServer((request, response) => {
      let body = '';
      request.on('data', (data) => (body += data));
      request.on('end', () => {
        const reply = bodies.get(body);
        if (reply === undefined) return response.writeHead(404).end();
        response.writeHead(200, { 'content-type': 'application/json', 'content-length': reply.length });
        response.end(reply);
      });
    });
  },
  async yoga() {
    const { createYoga } = await import('graphql-yoga');
    const yoga = createYoga({ schema: withResolvers(), logging: false, maskedErrors: true });
    return createServer(yoga);
  },
  async mercurius() {
    const [{ default: fastify }, { default: mercurius }] = await Promise.all([
      import('fastify'),
      import('mercurius'),
    ]);
    const app = fastify();
    app.register(mercurius, { schema: sdl, resolvers: { Query, Recording }, jit: 1 });
    await app.ready();
    return app;
  },
  async apollo() {
    const [{ default: fastify }, { ApolloServer }, integration, disabled] = await Promise.all([
      import('fastify'),
      import('@apollo/server'),
      import('@as-integrations/fastify'),
      import('@apollo/server/plugin/disabled'),
    ]);
    const apollo = new ApolloServer({
      schema: withResolvers(),
      plugins: [
        disabled.ApolloServerPluginCacheControlDisabled(),
        disabled.ApolloServerPluginUsageReportingDisabled(),
      ],
    });
    await apollo.start();
    const app = fastify();
    app.route({
      url: '/graphql',
      method: ['GET', 'POST'],
      handler: integration.fastifyApolloHandler(apollo),
    });
    await app.ready();
    return app;
  },
};

await listen(await SERVERS[kind]());
