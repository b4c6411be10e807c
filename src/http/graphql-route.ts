import { type ApolloServer } from '@apollo/server';
import { fastifyApolloHandler } from '@as-integrations/fastify';
import { type FastifyInstance, type FastifyRequest } from 'fastify';
import { type ApolloContext } from '../graphql/apollo.js';
import { type Cors } from './access/cors.js';
import { type Authentication } from './authentication.js';

const METHODS = 'GET, POST, OPTIONS';

/**
 * Whether a GET comes from a page that may use the gateway, from an address bar, or from a client that is not a browser. A
 * GET runs queries only, and another page cannot read the reply; but it need not even make the gateway work. One without
 * Origin may be for an image or a link of any page.
 */
function isPermittedGet({ method, headers }: FastifyRequest): boolean {
  const site = headers['sec-fetch-site'];
  const permitted =
    headers.origin !== undefined || site === undefined || site === 'same-origin' || site === 'none';
  return method === 'GET' && permitted;
}

/** `/graphql` by GET and POST. Apollo refuses what another page could send without a preflight (CSRF). */
export function graphqlRoute(
  apollo: ApolloServer<ApolloContext>,
  cors: Cors,
  authentication: Authentication,
) {
  return (scope: FastifyInstance, _options: object, done: () => void): void => {
    scope.options('/graphql', { onRequest: cors.onRequest }, (_request, reply) =>
      cors.preflight(reply, METHODS),
    );
    scope.route({
      method: ['GET', 'POST'],
      url: '/graphql',
      onRequest: [cors.onRequest, authentication.onRequest()],
      preHandler: (request, _reply, next) => {
        if (isPermittedGet(request)) request.headers['apollo-require-preflight'] = 'true';
        next();
      },
      handler: fastifyApolloHandler(apollo, {
        context: ({ requester }) =>
          requester === undefined
            ? Promise.reject(new Error('The request was not authenticated.'))
            : Promise.resolve({ requester }),
      }),
    });
    done();
  };
}
