# The gateway as an image. Any base with Node 20.19 or newer and npm works.
ARG NODE_IMAGE=node:22-slim

# What the build needs.
FROM ${NODE_IMAGE} AS dependencies
WORKDIR /app
COPY package.json package-lock.json ./
COPY packages/agora/package.json ./packages/agora/
COPY packages/client/package.json ./packages/client/
COPY packages/sandbox/package.json ./packages/sandbox/
# No install script is needed: the packages of SQLite and esbuild contain their binaries.
RUN npm ci --ignore-scripts --no-audit --no-fund

FROM dependencies AS build
COPY tsconfig.json tsconfig.build.json ./
COPY packages ./packages
COPY src ./src
COPY scripts ./scripts
COPY schema ./schema
RUN npm run build

# What runs.
FROM ${NODE_IMAGE} AS production-dependencies
WORKDIR /app
COPY package.json package-lock.json ./
COPY packages/agora/package.json ./packages/agora/
COPY packages/client/package.json ./packages/client/
COPY packages/sandbox/package.json ./packages/sandbox/
# The gateway's own packages are in its bundle, except for those that the sandbox has too: SQLite, which has a binary.
RUN npm ci --workspace=agora-recording-sandbox --omit=dev --omit=optional --ignore-scripts --no-audit --no-fund

FROM ${NODE_IMAGE} AS final
WORKDIR /app
# The user of the official images, by number, so that orchestrators can see that it is not root.
RUN mkdir -p /data && chown 1000:1000 /data
COPY package.json LICENSE ./
COPY --from=production-dependencies /app/node_modules ./node_modules
# node_modules links to the sandbox.
COPY packages/sandbox/package.json ./packages/sandbox/
COPY --from=build /app/packages/sandbox/dist ./packages/sandbox/dist
COPY packages/sandbox/media ./packages/sandbox/media
COPY --from=build /app/dist ./dist
# `docker run IMAGE agora-recording-gateway COMMAND`, and `docker exec` likewise.
RUN mkdir -p /usr/local/bin && chmod 755 /app/dist/cli.js && ln -s /app/dist/cli.js /usr/local/bin/agora-recording-gateway

ENV NODE_ENV=production
ENV DATABASE_URL=file:/data/gateway.db
# Used only with SANDBOX=on: where the sandbox keeps its tasks.
ENV SANDBOX_DATA=/data/sandbox-agora.db
# HOST and AUTH are not set on purpose. The gateway listens on 127.0.0.1 of the container until the operator sets
# HOST=0.0.0.0, and then refuses to start (exit 78) without a setting for authentication: only the operator knows whether a
# proxy authenticates, which AUTH=off states.
EXPOSE 4000
VOLUME /data
USER 1000:1000

HEALTHCHECK --interval=10s --timeout=3s --start-period=20s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT || 4000}/healthz`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]

# As an array, without a shell, so that node receives SIGTERM. Work in flight then ends, which takes up to 45 seconds.
CMD ["node", "dist/main.js"]
