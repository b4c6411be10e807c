import tseslint from 'typescript-eslint';

/**
 * Who may import whom, for each room of src. `values` are rooms it may import, `types` rooms of which it may import types
 * only, `agora` says how much of the agora package it may use: all of it, its types and tables, its types, or nothing.
 */
const rooms = {
  settings: { values: ['auth', 'telemetry'], agora: 'all' },
  process: {
    values: ['settings', 'store', 'telemetry'],
    types: ['commands', 'http', 'intake', 'recordings'],
    agora: 'types',
  },
  checks: { values: ['commands', 'media', 'telemetry'], agora: 'all' },
  cli: { values: ['auth', 'checks', 'process', 'settings', 'store'], agora: 'nothing' },
  recordings: { values: [], agora: 'tables' },
  store: { values: ['recordings', 'telemetry'], agora: 'tables' },
  feed: { values: ['recordings', 'store', 'telemetry'], agora: 'nothing' },
  'agora-calls': { values: ['coordination', 'store', 'telemetry'], types: ['recordings'], agora: 'all' },
  coordination: { values: ['store', 'telemetry'], agora: 'tables' },
  commands: { values: ['agora-calls', 'coordination', 'recordings', 'store', 'telemetry'], agora: 'all' },
  watch: { values: ['agora-calls', 'coordination', 'recordings', 'store', 'telemetry'], agora: 'types' },
  intake: { values: ['recordings', 'store', 'telemetry'], agora: 'all' },
  media: { values: ['telemetry'], types: ['recordings'], agora: 'tables' },
  auth: { values: ['store', 'telemetry'], agora: 'nothing' },
  graphql: {
    values: ['auth', 'commands', 'recordings', 'store', 'feed', 'media', 'telemetry'],
    agora: 'tables',
  },
  http: { values: ['auth', 'graphql', 'intake', 'media', 'pages', 'telemetry'], agora: 'nothing' },
  telemetry: { values: [], agora: 'all' },
  pages: { values: [], agora: 'nothing' },
};

const names = Object.keys(rooms);
const AGORA = '@agora-recording-gateway/agora/';

function agoraRestriction(room, agora) {
  if (agora === 'all') return [];
  const message = `${room}/ may import only ${agora} of the agora package.`;
  const regex = `^${AGORA}${agora === 'tables' ? '(?!(tables|parameters)/)' : ''}`;
  return [{ regex, ...(agora === 'nothing' ? {} : { allowTypeImports: true }), message }];
}

/** `depth` is how many folders a file is below src: a room may have a subfolder that is named like another room. */
function restriction(room, depth) {
  const up = `^(\\.\\./){${depth}}`;
  const { values, types = [], agora } = rooms[room];
  const others = names.filter((name) => name !== room && !values.includes(name));
  const forbidden = others.filter((name) => !types.includes(name));
  const typesOnly = others.filter((name) => types.includes(name));
  const patterns = [
    { regex: `${up}(main|compose)\\.js$`, message: 'Rooms do not import the composition root.' },
    { regex: '^agora-recording-sandbox', message: 'The gateway reaches the sandbox over HTTP alone.' },
    ...agoraRestriction(room, agora),
  ];
  if (forbidden.length > 0) {
    patterns.push({
      regex: `${up}(${forbidden.join('|')})/`,
      message: `${room}/ may not import this room.`,
    });
  }
  if (typesOnly.length > 0) {
    patterns.push({
      regex: `${up}(${typesOnly.join('|')})/`,
      allowTypeImports: true,
      message: `${room}/ may import only types of this room.`,
    });
  }
  return patterns;
}

const pureRooms = ['recordings'];

export default tseslint.config(
  {
    ignores: [
      '**/build/',
      '**/dist/',
      'data/',
      'coverage/',
      '**/node_modules/',
      'eslint.config.js',
      'packages/client/src/generated/',
      'src/pages/console/generated/',
      '**/*.mjs',
      '**/*.cjs',
    ],
  },
  ...tseslint.configs.recommendedTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      'no-console': 'error',
      eqeqeq: ['error', 'always', { null: 'ignore' }],
    },
  },
  {
    files: ['packages/*/src/**/*.ts'],
    rules: {
      '@typescript-eslint/no-restricted-imports': [
        'error',
        {
          patterns: [
            { regex: '^(\\.\\./)+(src|packages)/', message: 'A package does not import the gateway.' },
          ],
        },
      ],
    },
  },
  ...names.flatMap((room) =>
    [1, 2, 3, 4].map((depth) => ({
      files: [`src/${room}/${'*/'.repeat(depth - 1)}*.{ts,tsx}`],
      rules: {
        '@typescript-eslint/no-restricted-imports': [
          'error',
          {
            patterns: [
              ...restriction(room, depth),
              ...(pureRooms.includes(room)
                ? [
                    {
                      regex: `^(?!${AGORA})(node:|[a-z@])`,
                      message: `${room}/ is pure: no Node modules and no packages but the agora package.`,
                    },
                  ]
                : []),
            ],
          },
        ],
      },
    })),
  ),
  {
    files: [
      'src/{run-gateway,cli,process/print-problems}.ts',
      'src/cli/*.ts',
      'packages/sandbox/src/{main,notify}.ts',
      'test/**/*.ts',
      'packages/*/test/**/*.ts',
    ],
    rules: { 'no-console': 'off' },
  },
);
