import { createGatewayClient, liveList } from '@agora-recording-gateway/client';

/** A live list without a framework: what is shown changes with the recordings, also after a cut. */
const list = liveList(createGatewayClient({ url: '/graphql' }));
const main = document.createElement('main');
const rows = document.createElement('ul');
const more = document.createElement('button');
more.textContent = 'More';
more.onclick = () => void list.loadMore();
main.append(rows, more);
document.body.append(main);

function show(): void {
  const { status, recordings, hasMore, error } = list.getSnapshot();
  main.dataset.status = status;
  main.title = error?.message ?? '';
  more.hidden = !hasMore;
  rows.replaceChildren(
    ...recordings.map(({ channel, phase }) => {
      const row = document.createElement('li');
      row.textContent = `${channel} ${phase}`;
      return row;
    }),
  );
}

list.subscribe(show);
show();
