import { type Counts } from '../../store/reads/counts.js';
import { type RecordingCountsType } from '../types/counts.type.js';

export function presentCounts({ byPhase, byMode, byEndReason, ...same }: Counts): RecordingCountsType {
  return {
    ...same,
    byPhase: byPhase.map(({ key: phase, count }) => ({ phase, count })),
    byMode: byMode.map(({ key: mode, count }) => ({ mode, count })),
    byEndReason: byEndReason.map(({ key: endReason, count }) => ({ endReason, count })),
  };
}
