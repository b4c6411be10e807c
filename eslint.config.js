import tseslint from 'typescript-eslint';

/**
 * Who may import whom. A room may import the rooms listed with it; `types` are rooms of which it may import types only;
 * `tables` opens src/agora/tables, which holds facts and no behaviour. Everything else between rooms is an error.
 */
const rooms = {
  config: { values: ['agora'] },
  agora: { values: [] },
  recordings: { values: [], types: ['agora'], tables: true },
  store: { values: ['recordings', 'telemetry'], types: ['agora'] },
  feed: { values: ['recordings', 'store', 'telemetry'] },
  upstream: { values: ['agora', 'recordings', 'store', 'telemetry'] },
  commands: { values: ['upstream', 'recordings', 'store', 'telemetry'], types: ['agora'], tables: true },
  watch: { values: ['upstream', 'recordings', 'store', 'telemetry'], types: ['agora'] },
  intake: { values: ['agora', 'recordings', 'store', 'telemetry'] },
  auth: { values: ['telemetry'] },
  graphql: {
    values: ['commands', 'store', 'feed', 'auth', 'telemetry'],
    types: ['recordings', 'agora'],
    tables: true,
  },
  http: { values: ['graphql', 'intake', 'auth', 'pages', 'telemetry'] },
  telemetry: { values: ['agora'] },
  pages: { values: [] },
  client: { values: [] },
  sandbox: { values: ['agora'] },
};

const names = Object.keys(rooms);

function restriction(room) {
  const { values, types = [], tables = false } = rooms[room];
  const others = names.filter((name) => name !== room && !values.includes(name));
  const forbidden = others.filter((name) => !types.includes(name));
  const typesOnly = others.filter((name) => types.includes(name));
  const patterns = [
    {
      regex: `^(\\.\\./)+(main|gateway)\\.js$`,
      message: 'Rooms do not import the composition root.',
    },
  ];
  if (forbidden.length > 0) {
    const exempt = tables && forbidden.includes('agora') ? '(?!agora/tables/)' : '';
    patterns.push({
      regex: `^(\\.\\./)+${exempt}(${forbidden.join('|')})/`,
      message: `${room}/ may not import this room.`,
    });
  }
  if (typesOnly.length > 0) {
    patterns.push({
      regex: `^(\\.\\./)+${tables ? '(?!agora/tables/)' : ''}(${typesOnly.join('|')})/`,
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
      'dist/',
      'data/',
      'coverage/',
      'node_modules/',
      'eslint.config.js',
      'src/client/generated/',
      'test/**/*.mjs',
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
  ...names.map((room) => ({
    files: [`src/${room}/**/*.ts`],
    rules: {
      '@typescript-eslint/no-restricted-imports': [
        'error',
        {
          patterns: [
            ...restriction(room),
            ...(pureRooms.includes(room)
              ? [
                  {
                    regex: '^(node:|[a-z@])',
                    message: `${room}/ is pure: no Node modules and no packages.`,
                  },
                ]
              : []),
          ],
        },
      ],
    },
  })),
  {
    files: [
      'src/{main,settings-or-exit,rebuild,new-epoch,sandbox/main,graphql/emit-schema,graphql/emit-catalogue}.ts',
      'test/**/*.ts',
    ],
    rules: { 'no-console': 'off' },
  },
);
