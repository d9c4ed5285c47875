import { LedgerBadge } from '../ledger/LedgerBadge';
import { useWords } from '../words/useWords';
import { AsOfChip } from './AsOfChip';
import { useLive } from './live';
import { PersonMenu } from './PersonMenu';

export function TopBar() {
  return (
    <header className="top">
      <AsOfChip />
      <Connection />
      <span className="grow" />
      <LedgerBadge />
      <PersonMenu />
    </header>
  );
}

function Connection() {
  const { t } = useWords();
  const { state, head } = useLive();
  const open = state === 'open';
  const word = open ? t('live.open') : state === 'connecting' ? t('live.connecting') : t('live.lost');
  return (
    <span className="nowrap quiet connection" role="status" title={`${word} #${head}`} data-state={state}>
      <span className={open ? 'dot open' : 'dot lost'} aria-hidden /> <span className={open ? 'wide' : ''}>{word}</span>
    </span>
  );
}
