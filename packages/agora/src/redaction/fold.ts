const UNITS = 0x1_00_00;
const PLUS = 0x2b;
const SPACE = 0x20;

function foldUnit(unit: number): number {
  // A form encodes a space as a plus.
  if (unit === PLUS) return SPACE;
  const character = String.fromCharCode(unit);
  const upper = character.toUpperCase();
  const lower = (upper.length === 1 ? upper : character).toLowerCase();
  return lower.length === 1 ? lower.charCodeAt(0) : unit;
}

/** What was folded before; 0 for what was not, and for the unit 0. */
const FOLDED = new Uint16Array(UNITS);

/** The code unit at an index, equal for texts that differ in the case of letters only, or in plus for space. */
export function foldedUnit(text: string, index: number): number {
  const unit = text.charCodeAt(index);
  return FOLDED[unit] || (FOLDED[unit] = foldUnit(unit));
}

/** The same for a whole text. */
export function fold(text: string): Uint16Array {
  const units = new Uint16Array(text.length);
  for (let index = 0; index < text.length; index += 1) units[index] = foldedUnit(text, index);
  return units;
}
