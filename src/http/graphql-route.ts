import { type ApolloServer } from '@apollo/server';
import { fastifyApolloHandler } from '@as-integrations/fastify';
import { type FastifyInstance, type FastifyRequest } from 'fastify';
import { type ApolloContext } from '../graphql/apollo.js';
import { type Authentication } from './authentication.js';

/**
 * Whether a GET comes from a page of the gateway itself, from an address bar, or from a client that is not a browser. A
 * GET runs queries only, and another page cannot read the reply; but it need not even make the gateway work.
 */
function isOwnGet({ method, headers }: FastifyRequest): boolean {
  const site = headers['sec-fetch-site'];
  const own = site === undefined ? headers.origin === undefined : site === 'same-origin' || site === 'none';
  return method === 'GET' && own;
}

/** `/graphql` by GET and POST. Apollo refuses what another page could send without a preflight (CSRF). */
export function graphqlRoute(apollo: ApolloServer<ApolloContext>, authentication: Authentication) {
  return (scope: FastifyInstance, _options: object, done: () => void): void => {
    scope.route({
      method: ['GET', 'POST'],
      url: '/graphql',
      onRequest: authentication.onRequest(),
      preHandler: (request, _reply, next) => {
        if (isOwnGet(request)) request.headers['apollo-require-preflight'] = 'true';
        next();
      },
      handler: fastifyApolloHandler(apollo, {
        context: ({ caller }) =>
          caller === undefined
            ? Promise.reject(new Error('The request was not authenticated.'))
            : Promise.resolve({ caller }),
      }),
    });
    done();
  };
}
