import { GraphiQL } from 'graphiql';
import { createElement } from 'react';
import { createRoot } from 'react-dom/client';
import { createFetcher } from './fetcher';
import { TABS } from './tabs';

/** File names of the workers, by Monaco's label for them. The bundler puts them here. */
declare const WORKERS: Record<'editor' | 'json' | 'graphql', string>;

window.MonacoEnvironment = {
  getWorker(_id, label) {
    const file = label === 'json' ? WORKERS.json : label === 'graphql' ? WORKERS.graphql : WORKERS.editor;
    return new Worker(new URL(`assets/${file}`, document.baseURI), { name: label });
  },
};

// On a first visit GraphiQL shows the first tab's query, but not its variables, unless they are stored already.
if (localStorage.getItem('graphiql:tabState') === null && TABS[0] !== undefined) {
  localStorage.setItem('graphiql:query', TABS[0].query);
  localStorage.setItem('graphiql:variables', TABS[0].variables);
}

const root = document.getElementById('playground');
if (root === null) throw new Error('The page has no #playground.');

createRoot(root).render(
  createElement(
    GraphiQL,
    {
      fetcher: createFetcher(new URL('graphql', document.baseURI)),
      defaultTabs: [...TABS],
      defaultEditorToolsVisibility: 'variables',
    },
    createElement(GraphiQL.Logo, null, 'Agora recordings'),
  ),
);
