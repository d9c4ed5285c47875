import { useEffect, useRef, useState } from 'react';

interface Props {
  at: string;
  /** What stands in the cell. */
  stands: string;
  drafted: boolean;
  label: string;
  editing: string | null;
  begin: (editing: { text: string } | null) => void;
  commit: (text: string, then: 'down' | 'right' | 'left' | 'stay') => void;
}

/** The active cell for words. Its input is there and has the focus before anything is typed, since an input
 * method for Chinese composes only in an input: a cell that became one at the first key would swallow it.
 * Until something is typed the input is see-through, and keys go on to the grid. */
export function TextCell({ at, stands, drafted, label, editing, begin, commit }: Props) {
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState('');
  const typing = editing !== null;
  const done = useRef(false);
  useEffect(() => {
    if (!typing) {
      setText('');
      done.current = false;
    }
  }, [typing]);
  useEffect(() => {
    // F2 begins with what stands there; typing begins with what was typed.
    if (editing) setText((now) => now || editing);
  }, [editing]);
  const finish = (then: 'down' | 'right' | 'left' | 'stay') => {
    if (done.current) return;
    done.current = true;
    commit(text, then);
  };
  return (
    <div role="gridcell" className={`cell words active${drafted ? ' draft' : ''}${typing ? ' typing' : ''}`}>
      <span className="wrap">{stands}</span>
      <input
        ref={input}
        data-at={at}
        value={text}
        aria-label={`${label} ${stands}`}
        onChange={(event) => {
          setText(event.target.value);
          if (!typing) begin({ text: '' });
        }}
        onBlur={() => typing && finish('stay')}
        onDoubleClick={() => begin({ text: stands })}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) {
            event.stopPropagation();
            return;
          }
          if (!typing) return;
          if (event.key === 'Enter') finish('down');
          else if (event.key === 'Tab') finish(event.shiftKey ? 'left' : 'right');
          else if (event.key === 'Escape') {
            done.current = true;
            begin(null);
          } else return;
          event.preventDefault();
          event.stopPropagation();
        }}
      />
    </div>
  );
}
