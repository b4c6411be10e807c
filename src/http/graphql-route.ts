import { type ApolloServer } from '@apollo/server';
import { fastifyApolloHandler } from '@as-integrations/fastify';
import { type FastifyInstance, type FastifyRequest } from 'fastify';

/**
 * Whether a GET comes from a page of our own, from an address bar, or from no browser at all: it changes nothing, and
 * what it reads a foreign page cannot see, but a foreign page need not even make it.
 */
function isOwnGet({ method, headers }: FastifyRequest): boolean {
  const site = headers['sec-fetch-site'];
  const own = site === undefined ? headers.origin === undefined : site === 'same-origin' || site === 'none';
  return method === 'GET' && own;
}

/** `/graphql` by GET and POST. Apollo refuses what a foreign page could send without asking first (CSRF). */
export function graphqlRoute(apollo: ApolloServer) {
  return (scope: FastifyInstance, _options: object, done: () => void): void => {
    scope.route({
      method: ['GET', 'POST'],
      url: '/graphql',
      preHandler: (request, _reply, next) => {
        if (isOwnGet(request)) request.headers['apollo-require-preflight'] = 'true';
        next();
      },
      handler: fastifyApolloHandler(apollo),
    });
    done();
  };
}
