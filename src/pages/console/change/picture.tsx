import { type KeyboardEvent, type PointerEvent, useRef } from 'react';
import { percent } from '../shell/text';
import { afterKey, moved, type Region, resized } from './canvas';

/** Of the picture, pixels. */
const MAX_WIDTH = 460;
const MAX_HEIGHT = 420;

interface PictureProps {
  /** Of the canvas, pixels. */
  size: { width: number; height: number };
  background: string;
  regions: readonly Region[];
  /** The index of the window that is worked on. */
  chosen: number | null;
  onChoose: (index: number) => void;
  /** Null where the windows are not placed by hand. */
  onChange: ((index: number, region: Region) => void) | null;
}

const place = ({ x, y, width, height }: Region) => ({
  left: percentOf(x),
  top: percentOf(y),
  width: percentOf(width),
  height: percentOf(height),
});

function percentOf(fraction: number): string {
  return `${fraction * 100}%`;
}

const nameOf = ({ uid }: Region, index: number) => (uid === null ? `Window ${index + 1}` : `uid ${uid}`);

function describe(region: Region, index: number): string {
  const { x, y, width, height } = region;
  return `${nameOf(region, index)}: ${percent(x)} from the left, ${percent(y)} from above, ${percent(width)} wide, ${percent(height)} high`;
}

interface Drag {
  from: Region;
  x: number;
  y: number;
  isResize: boolean;
}

/** The canvas with its windows, which are dragged, or moved with the arrow keys. */
export function Picture({ size, background, regions, chosen, onChoose, onChange }: PictureProps) {
  const canvas = useRef<HTMLDivElement>(null);
  const drag = useRef<Drag | null>(null);

  function begin(event: PointerEvent<HTMLButtonElement>, region: Region, index: number): void {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    const isResize = event.target instanceof Element && event.target.classList.contains('corner');
    drag.current = { from: region, x: event.clientX, y: event.clientY, isResize };
    onChoose(index);
  }

  function move(event: PointerEvent, index: number): void {
    const box = canvas.current?.getBoundingClientRect();
    if (drag.current === null || box === undefined || onChange === null) return;
    const { from, x, y, isResize } = drag.current;
    const [dx, dy] = [(event.clientX - x) / box.width, (event.clientY - y) / box.height];
    onChange(index, isResize ? resized(from, dx, dy) : moved(from, dx, dy));
  }

  function press(event: KeyboardEvent, region: Region, index: number): void {
    const next = afterKey(region, event);
    if (next === null || onChange === null) return;
    event.preventDefault();
    onChange(index, next);
  }

  const end = () => (drag.current = null);
  return (
    <div
      ref={canvas}
      className="canvas"
      role="group"
      aria-label="Canvas"
      style={{
        aspectRatio: `${size.width} / ${size.height}`,
        maxWidth: Math.min(MAX_WIDTH, (MAX_HEIGHT * size.width) / size.height),
        backgroundColor: background,
      }}
    >
      {regions.map((region, index) =>
        onChange === null ? (
          <span key={index} className="window" style={place(region)} aria-hidden="true">
            <span className="window-name">{index + 1}</span>
          </span>
        ) : (
          <button
            key={index}
            type="button"
            className="window"
            style={place(region)}
            aria-label={describe(region, index)}
            aria-pressed={chosen === index}
            aria-describedby="canvas-keys"
            onFocus={() => onChoose(index)}
            onClick={() => onChoose(index)}
            onPointerDown={(event) => begin(event, region, index)}
            onPointerMove={(event) => move(event, index)}
            onPointerUp={end}
            onPointerCancel={end}
            onKeyDown={(event) => press(event, region, index)}
          >
            <span className="window-name">{nameOf(region, index)}</span>
            <span className="corner" />
          </button>
        ),
      )}
    </div>
  );
}
