import { describe, expect, it } from 'vitest';
import { FeedParser } from '../../src/api/feed';
import { csvOf } from '../../src/table/csv';
import { parseLine } from '../../src/proof/lines';
import { bundlePath, recordsOf } from '../../src/proof/bundles';

describe('the live feed', () => {
  it('gives events as they are complete, wherever the pieces are cut', () => {
    const text =
      ': still here\n\nid: 7\nevent: starledger.case.opened.v1\ndata: {"a":1}\n\nid: 8\nevent: x\ndata: {}\n\n';
    for (let cut = 0; cut <= text.length; cut++) {
      const parser = new FeedParser();
      const events = [...parser.push(text.slice(0, cut)), ...parser.push(text.slice(cut))];
      expect(events).toEqual([
        { id: '7', event: 'starledger.case.opened.v1', data: '{"a":1}' },
        { id: '8', event: 'x', data: '{}' },
      ]);
    }
  });
});

describe('CSV', () => {
  it('starts with a byte order mark, quotes what it must, and runs no formula', () => {
    expect(
      csvOf(
        ['甲', 'b'],
        [
          ['他说"好"', '=1+1'],
          ['-1.5', 'a,b'],
        ],
      ),
    ).toBe('\uFEFF甲,b\r\n"他说""好""",\'=1+1\r\n-1.5,"a,b"\r\n');
  });
});

describe('lines and bundles', () => {
  it('cuts the stored bytes out of a line as they are', () => {
    const body = '{"subject":"S","caseseq":2,"prevdigest":"-","data":{"x":"}}"}}';
    const line = parseLine(`{"seq":3,"digest":"sha256:${'0'.repeat(64)}","event":${body}}`);
    expect(new TextDecoder().decode(line.body)).toBe(body);
    expect(() => parseLine('{"seq":3}')).toThrow();
  });
  it('names bundles as C2SP does', () => {
    expect(bundlePath(0, 256)).toBe('tile/entries/000');
    expect(bundlePath(1234067, 8)).toBe('tile/entries/x001/x234/067.p/8');
  });
  it('takes a bundle apart, and refuses one that was cut off', () => {
    const bundle = Uint8Array.of(0, 1, 65, 0, 2, 66, 67);
    expect(recordsOf(bundle).map((r) => new TextDecoder().decode(r))).toEqual(['A', 'BC']);
    expect(() => recordsOf(bundle.slice(0, -1))).toThrow();
  });
});
