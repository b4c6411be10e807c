/** A time for people; Agora may send one that no calendar has. */
export function formatTime(at: number): string {
  const date = new Date(at);
  return Number.isNaN(date.getTime()) ? 'an invalid date' : date.toISOString();
}
