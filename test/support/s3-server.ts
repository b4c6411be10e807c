import { createRequire } from 'node:module';
import { AwsClient } from 'aws4fetch';
import { type CleanUps } from './clean-ups.js';

/** What is used of the server, which has no types. */
interface S3rver {
  run(): Promise<{ port: number }>;
  close(): Promise<void>;
}

const S3rver = createRequire(import.meta.url)('@20minutes/s3rver') as new (options: object) => S3rver;

/** The bucket that the server has. */
export const S3_BUCKET = 'files';

/** The one key that the server knows. */
export const S3_KEY = { accessKey: 'S3RVER', secretKey: 'S3RVER' };

/** An S3 server that is not the sandbox, until the end of the test. It checks each signature. `cors` is the bucket's rule, as XML. */
export async function openS3Server(cleanUps: CleanUps, cors?: string) {
  const server = new S3rver({
    port: 0,
    address: '127.0.0.1',
    silent: true,
    directory: cleanUps.newDirectory(),
    vhostBuckets: false,
    configureBuckets: [{ name: S3_BUCKET, configs: cors === undefined ? [] : [cors] }],
  });
  const { port } = await server.run();
  cleanUps.push(() => server.close());
  const url = `http://127.0.0.1:${port}`;
  const client = new AwsClient({
    accessKeyId: S3_KEY.accessKey,
    secretAccessKey: S3_KEY.secretKey,
    service: 's3',
    region: 'us-east-1',
  });
  return {
    url,
    async put(fileName: string, body: string, contentType: string): Promise<void> {
      const path = fileName.split('/').map(encodeURIComponent).join('/');
      const headers = { 'content-type': contentType };
      const response = await client.fetch(`${url}/${S3_BUCKET}/${path}`, { method: 'PUT', body, headers });
      if (!response.ok) throw new Error(`The S3 server answered ${response.status} to a PUT.`);
    },
  };
}
