/** A window of the canvas, with fractions of it. */
export interface Region {
  uid: string | null;
  x: number;
  y: number;
  width: number;
  height: number;
  alpha: number;
  renderMode: 'CROPPED' | 'FIT';
}

/** Windows of a custom layout. */
export const MAX_REGIONS = 17;

/** The smallest width and height that the picture lets a window have. */
const MIN_SIDE = 0.05;

/** Fractions are kept to a thousandth. */
const STEPS = 1_000;

const rounded = (value: number) => Math.round(value * STEPS) / STEPS;

const between = (value: number, min: number, max: number) => rounded(Math.min(Math.max(value, min), max));

/** The window moved by fractions of the canvas, within it. */
export function moved<Window extends Region>(region: Window, dx: number, dy: number): Window {
  const { x, y, width, height } = region;
  return { ...region, x: between(x + dx, 0, 1 - width), y: between(y + dy, 0, 1 - height) };
}

/** The window with another size, within the canvas; its upper left corner stays. */
export function resized<Window extends Region>(region: Window, dx: number, dy: number): Window {
  const { x, y, width, height } = region;
  return {
    ...region,
    width: between(width + dx, Math.min(MIN_SIDE, 1 - x), 1 - x),
    height: between(height + dy, Math.min(MIN_SIDE, 1 - y), 1 - y),
  };
}

/** Arrow keys, as directions. */
const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** How far a key moves a window, or its lower right corner; and with Control. */
const KEY_STEP = 0.01;
const LARGE_KEY_STEP = 0.1;

/** The window after a key: an arrow moves it, with Shift it changes the size, with Control in large steps. Null for other keys. */
export function afterKey<Window extends Region>(
  region: Window,
  { key, shiftKey, ctrlKey }: { key: string; shiftKey: boolean; ctrlKey: boolean },
): Window | null {
  const direction = ARROWS[key];
  if (direction === undefined) return null;
  const step = ctrlKey ? LARGE_KEY_STEP : KEY_STEP;
  const [dx, dy] = [direction[0] * step, direction[1] * step];
  return shiftKey ? resized(region, dx, dy) : moved(region, dx, dy);
}

/** Another window: half as wide and high as the canvas, a little further in for each that is there. */
export function added(regions: readonly Region[]): Region {
  const at = between((regions.length % 8) * KEY_STEP * 5, 0, 0.5);
  return { uid: null, x: at, y: at, width: 0.5, height: 0.5, alpha: 1, renderMode: 'CROPPED' };
}

const box = (x: number, y: number, width: number, height: number): Region => ({
  ...{ uid: null, x, y, width, height },
  ...{ alpha: 1, renderMode: 'CROPPED' as const },
});

/** How the named layouts place four users, roughly: Agora draws them. */
export const PREVIEWS: Readonly<Record<'FLOATING' | 'ADAPTIVE' | 'VERTICAL', readonly Region[]>> = {
  FLOATING: [box(0, 0, 1, 1), ...[0, 1, 2].map((index) => box(0.02 + index * 0.25, 0.72, 0.23, 0.25))],
  ADAPTIVE: [0, 1, 2, 3].map((index) => box((index % 2) / 2, Math.floor(index / 2) / 2, 0.5, 0.5)),
  VERTICAL: [box(0, 0, 0.75, 1), ...[0, 1, 2].map((index) => box(0.75, index / 3, 0.25, 1 / 3))],
};
