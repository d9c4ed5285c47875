interface Props {
  label: string;
  value: string;
  options: { value: string; label: string }[];
  onChange: (value: string) => void;
}

/** One of a few; the platform's own control, which every keyboard and screen reader knows. */
export function Choice({ label, value, options, onChange }: Props) {
  return (
    <select className="native" aria-label={label} value={value} onChange={(event) => onChange(event.target.value)}>
      {options.map((o) => (
        <option key={o.value} value={o.value}>
          {o.label}
        </option>
      ))}
    </select>
  );
}
