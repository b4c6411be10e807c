import { createGatewayClient } from '@agora-recording-gateway/client';
import {
  GatewayProvider,
  useGateway,
  useLiveList,
  useRecording,
} from '@agora-recording-gateway/client/react';
import { ListPage, OnePage } from '../page/page';
import { show } from '../page/show';

/** A live list with the hooks of the client, which keep it right, also after a cut. */
function Recordings() {
  const list = useLiveList({ pageSize: 10 });
  return <ListPage {...list} gateway={useGateway()} renderOne={(id) => <One id={id} />} />;
}

function One({ id }: { id: string }) {
  return <OnePage {...useRecording({ id })} gateway={useGateway()} />;
}

show(
  <GatewayProvider value={createGatewayClient({ url: '/graphql' })}>
    <Recordings />
  </GatewayProvider>,
);
