import { describe, expect, it } from 'vitest';
import { STORAGE_RULES } from '../src/tables/storage-rules.js';

const [AMAZON, ALIBABA, TENCENT, AZURE, GOOGLE, HUAWEI, BAIDU, COMPATIBLE] = [1, 2, 3, 5, 6, 7, 8, 11];

function isRefused(vendor: number | undefined, bucket: string): boolean {
  const storage = { vendor: vendor ?? 0, region: 0, bucket, accessKey: 'a', secretKey: 's' } as never;
  return STORAGE_RULES.some(({ field, broken }) => field === 'bucket' && broken(storage));
}

describe('The name of a bucket', () => {
  it.each([
    [AMAZON, ['rec', 'my.rec-1', 'r'.repeat(63)]],
    [ALIBABA, ['rec-1', 'r'.repeat(63)]],
    [TENCENT, ['rec-1250000000']],
    [AZURE, ['rec-1', 'r'.repeat(63)]],
    [GOOGLE, ['rec_1', 'a.b-c', `${'a'.repeat(63)}.${'b'.repeat(63)}`]],
    [HUAWEI, ['rec.a-b', 'r'.repeat(63)]],
    [BAIDU, ['rec-1']],
    [COMPATIBLE, ['My_Rec', 'r'.repeat(255)]],
  ])('of vendor %i may be each of %j', (vendor, names) => {
    for (const name of names) expect([name, isRefused(vendor, name)]).toEqual([name, false]);
  });

  const ADDRESSES = ['192.168.0.1', 'rec..x'];

  it.each([
    [
      AMAZON,
      [...ADDRESSES, 'Rec', 'my_rec', 'r'.repeat(64), 'xn--rec', 'rec-s3alias', 'rec--x-s3', 're', '-rec'],
    ],
    [ALIBABA, [...ADDRESSES, 'a.b', 'Rec', 'r'.repeat(64)]],
    [TENCENT, [...ADDRESSES, 'a_b', 'Rec', 'rec-']],
    [AZURE, [...ADDRESSES, 'a--b', 'a.b', 'Rec', 'r'.repeat(64)]],
    [GOOGLE, [...ADDRESSES, 'goog-x', 'my-google-rec', 'my-g00gle', 'r'.repeat(64), 'Rec', 'rec_']],
    [HUAWEI, [...ADDRESSES, 'a.-b', 'a-.b', 'my_rec', 'Rec']],
    [BAIDU, [...ADDRESSES, 'a.b', 'Rec']],
    [COMPATIBLE, [...ADDRESSES, '-rec', 'r'.repeat(256)]],
  ])('of vendor %i is refused if it is one of %j', (vendor, names) => {
    for (const name of names) expect([name, isRefused(vendor, name)]).toEqual([name, true]);
  });
});
