/** Marks the name of what has to be filled in; a line below the form says what it means. */
export function Star() {
  return (
    <span className="star" aria-hidden>
      {' '}
      *
    </span>
  );
}
