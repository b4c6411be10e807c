import { defineConfig } from 'vite';

const gateway = 'http://127.0.0.1:4000';
export default defineConfig({
  server: { proxy: { '/graphql': { target: gateway, ws: true }, '/media': gateway } },
});
