import { describe, expect, it } from 'vitest';
import {
  added,
  afterKey,
  MAX_REGIONS,
  moved,
  PREVIEWS,
  type Region,
  resized,
} from '../../../src/pages/console/change/canvas.js';

const region: Region = { uid: null, x: 0.1, y: 0.2, width: 0.5, height: 0.5, alpha: 1, renderMode: 'FIT' };
const key = (name: string, { shiftKey = false, ctrlKey = false } = {}) => ({ key: name, shiftKey, ctrlKey });

const isInside = ({ x, y, width, height }: Region) =>
  x >= 0 && y >= 0 && width > 0 && height > 0 && x + width <= 1 && y + height <= 1;

describe('A window on the picture of the canvas', () => {
  it('is moved, and stops at the edges', () => {
    expect(moved(region, 0.25, -0.1)).toEqual({ ...region, x: 0.35, y: 0.1 });
    expect(moved(region, 2, -2)).toEqual({ ...region, x: 0.5, y: 0 });
  });

  it('is given another size that is seen, and that stays within the canvas', () => {
    expect(resized(region, 0.1, 0.1)).toEqual({ ...region, width: 0.6, height: 0.6 });
    expect(resized(region, 2, -2)).toEqual({ ...region, width: 0.9, height: 0.05 });
  });

  it('is moved by arrow keys, resized with Shift, in large steps with Control', () => {
    expect(afterKey(region, key('ArrowRight'))).toEqual({ ...region, x: 0.11 });
    expect(afterKey(region, key('ArrowUp', { ctrlKey: true }))).toEqual({ ...region, y: 0.1 });
    expect(afterKey(region, key('ArrowDown', { shiftKey: true }))).toEqual({ ...region, height: 0.51 });
    expect(afterKey(region, key('Enter'))).toBeNull();
  });

  it('is within the canvas when it is added, however many there are', () => {
    const regions: Region[] = [];
    while (regions.length < MAX_REGIONS) regions.push(added(regions));
    expect(regions.filter((each) => !isInside(each))).toEqual([]);
  });
});

describe('The pictures of the named layouts', () => {
  it.each(Object.keys(PREVIEWS) as (keyof typeof PREVIEWS)[])('place all windows of %s within', (name) => {
    expect(PREVIEWS[name].filter((each) => !isInside(each))).toEqual([]);
  });
});
