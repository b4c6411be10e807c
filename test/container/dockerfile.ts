/** One instruction of a Dockerfile: its name in capitals, and the rest of its line. */
export interface Instruction {
  name: string;
  rest: string;
}

export interface Stage {
  name: string;
  /** The image or the earlier stage that it is based on. */
  from: string;
  instructions: Instruction[];
}

export interface Dockerfile {
  /** Defaults of the ARGs before the first stage. */
  args: Record<string, string>;
  stages: Stage[];
}

function instructionsOf(text: string): Instruction[] {
  const lines = text.split('\n').filter((line) => !/^\s*(#|$)/.test(line));
  const joined = lines.join('\n').replaceAll(/\\\n\s*/g, '');
  return joined.split('\n').map((line) => {
    const [, name, rest] = /^(\w+)\s+(.*)$/.exec(line) ?? [];
    if (name === undefined || rest === undefined) throw new Error(`Not an instruction: ${line}`);
    return { name: name.toUpperCase(), rest };
  });
}

/** Reads as much of the language as our own Dockerfile uses. */
export function parseDockerfile(text: string): Dockerfile {
  const args: Record<string, string> = {};
  const stages: Stage[] = [];
  for (const { name, rest } of instructionsOf(text)) {
    if (name === 'FROM') {
      const [, from, stage] = /^(\S+) AS (\S+)$/.exec(rest) ?? [];
      if (from === undefined || stage === undefined) throw new Error(`FROM ${rest} names no stage.`);
      stages.push({ name: stage, from, instructions: [] });
    } else if (stages.length > 0) stages.at(-1)?.instructions.push({ name, rest });
    else if (name === 'ARG') args[rest.split('=')[0] ?? ''] = rest.split('=')[1] ?? '';
    else throw new Error(`${name} stands before the first stage.`);
  }
  return { args, stages };
}

export function valuesOf(stage: Stage, name: string): string[] {
  return stage.instructions.filter((instruction) => instruction.name === name).map(({ rest }) => rest);
}

export function environmentOf(stage: Stage): Record<string, string> {
  return Object.fromEntries(
    valuesOf(stage, 'ENV').map((text) => {
      const [, key = '', value = ''] = /^(\w+)=(.*)$/.exec(text) ?? [];
      return [key, value];
    }),
  );
}
