/**
 * A server whose subscribers all get what is posted to `/publish`: `node live-server.mjs KIND FILE`. KIND is `bare` (frames of
 * graphql-transport-ws around the bytes as they are), `mercurius` or `yoga`; FILE holds the schema as JSON. It writes its port
 * to standard output.
 */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { buildSchema } from 'graphql';
import { listen } from './listen.mjs';

const [, , kind, file] = process.argv;
const { schema: sdl } = JSON.parse(readFileSync(file, 'utf8'));

function bodyOf(request) {
  return new Promise((resolve) => {
    let body = '';
    request.on('data', (data) => (body += data));
    request.on('end', () => resolve(body));
  });
}

/** Adds the route that publishes to what answers other requests. */
function publishing(publish, otherwise = (_request, response) => response.writeHead(404).end()) {
  return async (request, response) => {
    if (request.url !== '/publish') return otherwise(request, response);
    publish(await bodyOf(request));
    response.end('{}');
  };
}

const SERVERS = {
  async bare() {
    const { WebSocketServer } = await import('ws');
    const subscribers = new Set();
    const server = createServer(
      publishing((body) => {
        for (const { socket, id } of subscribers) {
          socket.send(`{"id":${JSON.stringify(id)},"type":"next","payload":${body}}`);
        }
      }),
    );
    const sockets = new WebSocketServer({
      server,
      path: '/graphql',
      handleProtocols: () => 'graphql-transport-ws',
    });
    sockets.on('connection', (socket) => {
      socket.on('message', (data) => {
        const { type, id } = JSON.parse(data);
        if (type === 'connection_init') socket.send('{"type":"connection_ack"}');
        if (type === 'subscribe') subscribers.add({ socket, id });
      });
    });
    return server;
  },
  async yoga() {
    const [
      { createYoga, createPubSub },
      { useServer },
      { WebSocketServer },
      { execute, subscribe, validate },
    ] = await Promise.all([
      import('graphql-yoga'),
      import('graphql-ws/use/ws'),
      import('ws'),
      import('graphql'),
    ]);
    const bus = createPubSub();
    const schema = buildSchema(sdl);
    const field = schema.getSubscriptionType().getFields().recordingChanged;
    field.subscribe = () => bus.subscribe('changed');
    field.resolve = (recording) => recording;
    const yoga = createYoga({ schema, logging: false });
    const server = createServer(
      publishing((body) => bus.publish('changed', JSON.parse(body).data.recordingChanged), yoga),
    );
    useServer({ schema, execute, subscribe, validate }, new WebSocketServer({ server, path: '/graphql' }));
    return server;
  },
  async mercurius() {
    const [{ default: fastify }, { default: mercurius }] = await Promise.all([
      import('fastify'),
      import('mercurius'),
    ]);
    const app = fastify();
    app.register(mercurius, {
      schema: sdl,
      resolvers: {
        Subscription: {
          recordingChanged: { subscribe: (_root, _args, { pubsub }) => pubsub.subscribe('changed') },
        },
      },
      subscription: { queueHighWaterMark: 100 },
      jit: 1,
    });
    app.post('/publish', async (request) => {
      const { recordingChanged } = request.body.data;
      await new Promise((resolve) =>
        app.graphql.pubsub.publish({ topic: 'changed', payload: { recordingChanged } }, resolve),
      );
      return {};
    });
    await app.ready();
    return app;
  },
};

await listen(await SERVERS[kind]());
