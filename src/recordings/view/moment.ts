/** A moment as people read it; Agora may send one that no calendar has. */
export function moment(at: number): string {
  const date = new Date(at);
  return Number.isNaN(date.getTime()) ? 'a time beyond all calendars' : date.toISOString();
}
