import {
  type FieldNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { MAX_MERGED_PAIRS, RAW_WEIGHT } from './bounds.js';

/** What an operation asks for with its fragments expanded. */
export interface Measure {
  depth: number;
  aliases: number;
  /** Fields, inline fragments and fragment spreads. */
  selections: number;
  introspections: number;
  /** Pages that the store reads. */
  pages: number;
  /** Values that the reply may hold by the sizes of its pages and lists. */
  values: number;
}

/** Size of a page where neither `first` nor `last` is given as a number; a variable may ask for the largest. */
const PAGES: Record<string, number> = { recordings: 20, events: 50, files: 50, problems: 20 };
const MAX_PAGE = 100;

/** Connections whose pages come from the store; the others are part of the recording. */
const READ = new Set(['recordings', 'events']);

/** Lists without pages, by the field that holds them, and what they hold at most. */
const LISTS: Record<string, number> = { streams: 64, missing: 100, userErrors: 50 };

/** Files of a recording in `fileList`, which has no pages. */
const MAX_FILES = 2_000;

const NOTHING: Measure = { depth: 0, aliases: 0, selections: 0, introspections: 0, pages: 0, values: 0 };

/** How many objects a field may hold. */
function sizeOf(field: FieldNode): number {
  const name = field.name.value;
  const asked = (field.arguments ?? []).filter(
    ({ name: { value } }) => value === 'first' || value === 'last',
  );
  const sizes = asked.flatMap(({ value }) => {
    if (value.kind === Kind.NULL) return [];
    return value.kind === Kind.INT ? [Math.min(Math.max(Number(value.value), 0), MAX_PAGE)] : [MAX_PAGE];
  });
  if (sizes.length > 0) return Math.max(...sizes);
  if (name === 'files' && asked.length === 0 && isPlainList(field)) return MAX_FILES;
  return PAGES[name] ?? LISTS[name] ?? 1;
}

/** `files` of a file list has neither edges nor pageInfo; `files` of a recording is a connection. */
function isPlainList({ selectionSet }: FieldNode): boolean {
  return !(selectionSet?.selections ?? []).some(
    (selection) =>
      selection.kind === Kind.FIELD && ['edges', 'pageInfo', 'nodes'].includes(selection.name.value),
  );
}

/**
 * Measures operations of one document. Each fragment is measured once, so the work grows with the document and not with
 * what it expands to. A fragment that contains itself counts nothing there; validation refuses it.
 */
export function createMeasuring(fragments: ReadonlyMap<string, FragmentDefinitionNode>) {
  const measured = new Map<string, Measure>();

  function ofFragment(name: string): Measure {
    const known = measured.get(name);
    if (known !== undefined) return known;
    measured.set(name, NOTHING);
    const measure = ofSet(fragments.get(name)?.selectionSet);
    measured.set(name, measure);
    return measure;
  }

  function ofField(field: FieldNode): Measure {
    const inside = ofSet(field.selectionSet);
    const isIntrospection = field.name.value === '__schema' || field.name.value === '__type';
    const size = sizeOf(field);
    const own = field.name.value === 'raw' ? RAW_WEIGHT : 1;
    return {
      depth: isIntrospection ? 1 : 1 + inside.depth,
      aliases: inside.aliases + (field.alias === undefined ? 0 : 1),
      selections: 1 + inside.selections,
      introspections: inside.introspections + (isIntrospection ? 1 : 0),
      pages: (READ.has(field.name.value) ? 1 : 0) + size * inside.pages,
      values: own + size * inside.values,
    };
  }

  function ofSet(set: SelectionSetNode | undefined): Measure {
    const sum = { ...NOTHING };
    for (const selection of set?.selections ?? []) {
      let measure: Measure;
      if (selection.kind === Kind.FIELD) measure = ofField(selection);
      else {
        const inside =
          selection.kind === Kind.INLINE_FRAGMENT
            ? ofSet(selection.selectionSet)
            : ofFragment(selection.name.value);
        measure = { ...inside, selections: 1 + inside.selections };
      }
      sum.depth = Math.max(sum.depth, measure.depth);
      sum.aliases += measure.aliases;
      sum.selections += measure.selections;
      sum.introspections += measure.introspections;
      sum.pages += measure.pages;
      sum.values += measure.values;
    }
    return sum;
  }

  return {
    ofOperation: ({ selectionSet }: OperationDefinitionNode): Measure => ofSet(selectionSet),
    ofFragment,
  };
}

/**
 * Pairs of fields that must be compared because they have one response name in one selection set, counted up to
 * {@link MAX_MERGED_PAIRS}. It expands fragments, so call it only where the count of selections is bounded.
 */
export function mergedPairs(
  root: SelectionSetNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
): number {
  let pairs = 0;
  const open: SelectionSetNode[][] = [[root]];
  for (let sets = open.pop(); sets !== undefined && pairs <= MAX_MERGED_PAIRS; sets = open.pop()) {
    const byName = new Map<string, FieldNode[]>();
    const spread = new Set<string>();
    const collect = ({ selections }: SelectionSetNode): void => {
      for (const selection of selections) {
        if (selection.kind === Kind.FIELD) {
          const name = (selection.alias ?? selection.name).value;
          const same = byName.get(name);
          if (same === undefined) byName.set(name, [selection]);
          else same.push(selection);
        } else if (selection.kind === Kind.INLINE_FRAGMENT) collect(selection.selectionSet);
        else if (!spread.has(selection.name.value)) {
          spread.add(selection.name.value);
          const fragment = fragments.get(selection.name.value);
          if (fragment !== undefined) collect(fragment.selectionSet);
        }
      }
    };
    sets.forEach(collect);
    for (const same of byName.values()) {
      pairs += (same.length * (same.length - 1)) / 2;
      const inside = same.flatMap(({ selectionSet }) => selectionSet ?? []);
      if (inside.length > 0) open.push(inside);
    }
  }
  return pairs;
}
