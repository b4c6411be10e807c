/** Lets a server of Node or of Fastify listen on a free port, and writes that to standard output. */
export async function listen(server) {
  if ('listen' in server && 'server' in server) {
    await server.listen({ port: 0, host: '127.0.0.1' });
    console.log(server.server.address().port);
  } else {
    server.listen(0, '127.0.0.1', () => console.log(server.address().port));
  }
}
