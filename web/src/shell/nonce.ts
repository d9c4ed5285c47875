/** The nonce of this page, which its policy asks of every style sheet that a script makes. */
export function nonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[name=nonce]')?.content ?? '';
}

/** antd gives the nonce to most sheets it makes, not to those that lock scrolling behind a dialog and
 * measure the scroll bar. Scripts here are all our own, so every sheet they make gets it. */
export function giveNonceToSheets(): void {
  const create = document.createElement.bind(document);
  document.createElement = ((name: string, options?: ElementCreationOptions) => {
    const made = create(name, options);
    if (made instanceof HTMLStyleElement) made.nonce = nonce();
    return made;
  }) as typeof document.createElement;
}
