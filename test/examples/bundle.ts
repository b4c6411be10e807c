import { build } from 'esbuild';

/** The script of an example, as a bundler makes it. */
export async function bundleExample(folder: string): Promise<Uint8Array> {
  const { outputFiles } = await build({
    entryPoints: [`examples/${folder}/main.tsx`],
    bundle: true,
    write: false,
    format: 'esm',
    jsx: 'automatic',
    target: 'es2022',
    define: { 'process.env.NODE_ENV': '"development"' },
  });
  return outputFiles[0]?.contents ?? new Uint8Array();
}
