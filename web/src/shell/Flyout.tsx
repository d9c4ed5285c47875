import { useEffect, useId, useRef, useState, type CSSProperties, type ReactNode } from 'react';

interface Props {
  className: string;
  label: ReactNode;
  /** The side of the button that the panel keeps to. */
  side: 'left' | 'right';
  children: (close: () => void) => ReactNode;
}

/** A button and the panel it opens: the platform's own popover, which closes on Escape and on a click
 * elsewhere and gives the focus back. What stands in it exists only while it is open. */
export function Flyout({ className, label, side, children }: Props) {
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const panel = useRef<HTMLDivElement>(null);
  const [place, setPlace] = useState<CSSProperties | null>(null);
  useEffect(() => {
    const found = panel.current;
    const follow = (event: Event) => {
      const open = (event as ToggleEvent).newState === 'open';
      setPlace(open && button.current ? below(button.current, side) : null);
    };
    found?.addEventListener('beforetoggle', follow);
    return () => found?.removeEventListener('beforetoggle', follow);
  }, [side]);
  return (
    <>
      <button
        ref={button}
        className={className}
        aria-haspopup="dialog"
        aria-expanded={place !== null}
        {...{ popovertarget: id }}
      >
        {label}
      </button>
      <div ref={panel} id={id} className="flyout" role="dialog" style={place ?? {}} {...{ popover: 'auto' }}>
        {place && children(() => panel.current?.hidePopover())}
      </div>
    </>
  );
}

function below(button: HTMLElement, side: 'left' | 'right'): CSSProperties {
  const box = button.getBoundingClientRect();
  const top = box.bottom + 6;
  return side === 'left' ? { top, left: box.left } : { top, right: document.documentElement.clientWidth - box.right };
}
