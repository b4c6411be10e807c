import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { fromColumn, toColumn } from '../../../src/store/drivers/lossless-text.js';
import { attempt, notification, noReply, SECOND, T0 } from '../../recordings/observations.js';
import { sized } from '../../support/size.js';
import { onBothDatabases } from '../support.js';

/** Everything that a JSON string of Agora's can spell and a database by itself would refuse or change. */
const AWKWARD = [
  '\0',
  'a\0b',
  '\ud800',
  'x\udfff',
  '\udc00\ud800',
  '\u001a',
  '\u001a0000',
  '👩‍🚀',
  '\ufffd\uffff',
  '\'"\\%_',
];

const anyText = fc.string({ unit: fc.oneof(fc.constantFrom(...AWKWARD), fc.string({ unit: 'binary' })) });

it('A text is in a column what UTF-8 and PostgreSQL can hold, and is the same when it comes out', () => {
  fc.assert(
    fc.property(anyText, anyText, (text, other) => {
      const stored = toColumn(text);
      expect(stored).not.toMatch(/\0|\p{Surrogate}/u);
      expect(Buffer.from(stored).toString()).toBe(stored);
      expect(fromColumn(stored)).toBe(text);
      expect(toColumn(other) === stored).toBe(other === text);
    }),
    { numRuns: sized(800, 20_000, 100_000) },
  );
});

onBothDatabases(({ newStore }) => {
  it('every text that was received is found again by itself, and comes back as it was', async () => {
    const store = await newStore();
    for (const [index, text] of AWKWARD.entries()) {
      const at = index * 10;
      const raw = `{"text":${JSON.stringify(text)},"big":9007199254740993,"tail":"${'é'.repeat(5)}"}`;
      const incoming = {
        ...notification(
          1,
          { module: 1, errorLevel: 4, errorCode: 47, errorMsg: text },
          {
            at,
            recordingId: null,
            cname: `c${text}`,
            uid: `u${text}`,
            sid: `s${text}`,
            noticeId: `n${text}`,
          },
        ),
        id: `id${text}`,
        raw,
      };
      const { recordingId } = await store.record(incoming);
      const again = await store.record({ ...incoming, id: `again${index}` });
      expect(again).toMatchObject({ outcome: 'duplicate', recordingId });
      expect(await store.recordingIdBySid(`s${text}`)).toBe(recordingId);
      const filter = { channels: [`c${text}`], uids: [`u${text}`], sids: [`s${text}`] };
      const page = await store.recordingPage({ first: 9, after: null, filter, orderBy: 'STARTED_AT_ASC' });
      expect(page.items.map(({ item }) => [item.id, item.channel, item.uid, item.sid])).toEqual([
        [recordingId, `c${text}`, `u${text}`, `s${text}`],
      ]);
      const event = await store.event(`id${text}`);
      expect(event?.observation).toEqual({ ...incoming, recordingId });
      expect(page.items[0]?.item.problems[0]?.message).toContain(text);
    }
  });

  it('what was received is kept byte for byte, whether it is JSON or not', async () => {
    const store = await newStore();
    const { recordingId } = await store.record(notification(40, {}, { recordingId: null }));
    const texts = [
      '{ "a" :1.0,\n"big": 9007199254740993, "a": "\\u0000\\ud800", "é":"\u2028" }\r\n',
      '<html>\0 no JSON \ufeff</html>',
      '',
      '\u001a',
    ];
    for (const [index, raw] of texts.entries()) {
      await store.record({ ...noReply('query', { at: index + 1, recordingId }), id: `event-${index}`, raw });
    }
    for (const [index, raw] of texts.entries()) {
      expect((await store.event(`event-${index}`))?.observation.raw).toBe(raw);
    }
  });

  it('an idempotency key of any text is the same key again, and no other', async () => {
    const store = await newStore();
    const open = (recordingId: string, idempotencyKey: string) =>
      store.attempts.open({
        recordingId,
        appId: 'app',
        channel: idempotencyKey,
        uid: '1',
        resourceId: idempotencyKey,
        idempotencyKey,
        inputHash: null,
        input: JSON.stringify({ key: idempotencyKey }),
        acquiredAt: T0,
        createdAt: T0 + SECOND,
        observation: attempt({ recordingId }),
      });
    for (const [index, key] of AWKWARD.entries()) await open(`r${index}`, key);
    for (const [index, key] of AWKWARD.entries()) {
      await expect(open('another', key)).rejects.toThrow();
      expect(await store.attempts.findByKey(key)).toMatchObject({
        recordingId: `r${index}`,
        channel: key,
        resourceId: key,
        idempotencyKey: key,
        input: JSON.stringify({ key }),
        acquiredAt: T0,
        createdAt: T0 + SECOND,
      });
    }
  });
});
