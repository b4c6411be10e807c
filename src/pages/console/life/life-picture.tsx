import { type RefObject, useEffect, useId, useMemo, useRef, useState } from 'react';
import { type Details } from '../one/details';
import { type TimelineEvent } from '../one/events';
import { duration, time } from '../shell/text';
import { useCalls } from './calls';
import { type Lane, type Life, lifeOf } from './life';
import { sourceOf } from './source';

/** Pixels. */
const LANE_HEIGHT = 26;
const AXIS_HEIGHT = 22;
const LABEL_WIDTH = 78;
const END_WIDTH = 8;
const DEFAULT_WIDTH = 480;
const MIN_SPAN_WIDTH = 2;

/** Marks of a lane that are written out in the text; of the others their number. */
const MAX_LISTED = 50;

const at = (moment: number) => time(new Date(moment).toISOString());

/** The width of an element, as it changes. */
function useWidth(): [RefObject<HTMLDivElement | null>, number] {
  const element = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(DEFAULT_WIDTH);
  useEffect(() => {
    if (element.current === null) return;
    const observer = new ResizeObserver(([entry]) => {
      if (entry !== undefined && entry.contentRect.width > 0) setWidth(Math.floor(entry.contentRect.width));
    });
    observer.observe(element.current);
    return () => observer.disconnect();
  }, []);
  return [element, width];
}

function LaneRow({ lane, top, x }: { lane: Lane; top: number; x: (moment: number) => number }) {
  const middle = top + LANE_HEIGHT / 2;
  const isThin = lane.spans.some(({ tone }) => tone === 'audio' || tone === 'video');
  return (
    <g>
      <text className="life-label" x={0} y={middle + 4}>
        {lane.name}
      </text>
      <line className="life-rule" x1={LABEL_WIDTH} x2="100%" y1={top + LANE_HEIGHT} y2={top + LANE_HEIGHT} />
      {lane.spans.map(({ from, to, tone, text }, index) => {
        const offset = isThin ? (tone === 'video' ? 1 : -6) : -7;
        return (
          <rect
            key={index}
            className="life-span"
            data-tone={tone}
            data-phase={tone}
            x={x(from)}
            y={middle + offset}
            width={Math.max(MIN_SPAN_WIDTH, x(to) - x(from))}
            height={isThin ? 5 : 14}
            rx={2}
          >
            <title>{`${text}, ${at(from)} to ${at(to)}`}</title>
          </rect>
        );
      })}
      {lane.marks.map(({ at: moment, tone, text }, index) => (
        <circle key={index} className="life-mark" data-tone={tone} cx={x(moment)} cy={middle} r={3.5}>
          <title>{`${text}, ${at(moment)}`}</title>
        </circle>
      ))}
    </g>
  );
}

function summary({ from, to, lanes }: Life): string {
  const counts = lanes.map(({ name, spans, marks }) => `${name}: ${spans.length + marks.length}`);
  return `From ${at(from)} to ${at(to)}, ${duration((to - from) / 1_000)}. ${counts.join(', ')}.`;
}

/** The same as the picture, to read. */
function LifeText({ lanes }: { lanes: readonly Lane[] }) {
  return (
    <details className="life-text">
      <summary>As text</summary>
      <dl>
        {lanes.map(({ name, spans, marks }) => {
          const entries = [
            ...spans.map(({ from, to, text }) => ({ from, text: `${at(from)} to ${at(to)}: ${text}` })),
            ...marks.map(({ at: moment, text }) => ({ from: moment, text: `${at(moment)}: ${text}` })),
          ].sort((left, right) => left.from - right.from);
          const shown = entries.slice(-MAX_LISTED);
          return (
            <div key={name}>
              <dt>{name}</dt>
              {entries.length > shown.length && <dd>{entries.length - shown.length} before these</dd>}
              {shown.map(({ text }, index) => (
                <dd key={index}>{text}</dd>
              ))}
            </div>
          );
        })}
      </dl>
    </details>
  );
}

interface LifePictureProps {
  details: Details;
  events: readonly TimelineEvent[];
}

/** The life of a recording: phases with what proves them, streams, slices and files, calls, gaps and outages. */
export function LifePicture({ details, events }: LifePictureProps) {
  const lastCall = events.findLast(({ source }) => source === 'COMMAND' || source === 'POLL')?.id ?? null;
  const calls = useCalls(details.id, lastCall);
  const life = useMemo(() => lifeOf(sourceOf(details, events, calls)), [details, events, calls]);
  const [frame, width] = useWidth();
  const id = useId();
  const { from, to, lanes } = life;
  const drawn = Math.max(1, width - LABEL_WIDTH - END_WIDTH);
  const x = (moment: number) =>
    LABEL_WIDTH + (Math.min(Math.max(moment, from), to) - from) * (drawn / (to - from));
  const height = lanes.length * LANE_HEIGHT + AXIS_HEIGHT;
  const ticks = [0, 0.5, 1].map((share) => from + (to - from) * share);
  const anchors = ['start', 'middle', 'end'] as const;

  return (
    <div className="life" ref={frame}>
      <svg
        role="img"
        aria-labelledby={`${id}-title ${id}-summary`}
        width={width}
        height={height}
        viewBox={`0 0 ${width} ${height}`}
      >
        <title id={`${id}-title`}>Life of the recording</title>
        <desc id={`${id}-summary`}>{summary(life)}</desc>
        {lanes.map((lane, index) => (
          <LaneRow key={lane.name} lane={lane} top={index * LANE_HEIGHT} x={x} />
        ))}
        {ticks.map((tick, index) => (
          <text key={index} className="life-tick" x={x(tick)} y={height - 6} textAnchor={anchors[index]}>
            {at(tick)}
          </text>
        ))}
      </svg>
      <LifeText lanes={lanes} />
    </div>
  );
}
