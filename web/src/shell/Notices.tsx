import { message } from 'antd';
import { useEffect } from 'react';
import type { Said } from './Told';

/** Shows each thing told for a moment. */
export function Notices({ said }: { said: Said }) {
  const [api, place] = message.useMessage();
  useEffect(() => void api.success({ key: said.id, content: said.text }), [api, said]);
  return place;
}
