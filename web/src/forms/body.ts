// From what was filled in to the body of the command.
import type { About, CheckLine, Field, Form, Kinds, Values } from './form';

/** What the form begins with. */
export function firstValues(form: Form, about: About): Values {
  return Object.fromEntries(form.fields.map((field) => [field.name, field.initial?.(about)]));
}

export function shownFields(form: Form, values: Values, about: About): Field[] {
  return form.fields.filter((field) => field.shown?.(values, about) ?? true);
}

/** The body; null while something required is missing or half filled in. */
export function bodyOf(form: Form, values: Values, about: About): Record<string, unknown> | null {
  const given: Values = {};
  const body: Record<string, unknown> = {};
  for (const field of shownFields(form, values, about)) {
    const value = settled(field, values[field.name]);
    if (value === undefined) {
      if (field.required) return null;
      continue;
    }
    given[field.name] = value as Values[string];
    place(body, field.name, value);
  }
  return form.body ? form.body(given, about) : body;
}

/** Puts organization.name into {organization: {name}}. */
function place(body: Record<string, unknown>, name: string, value: unknown): void {
  const [outer, inner] = name.split('.');
  if (!outer) return;
  if (inner === undefined) body[outer] = value;
  else body[outer] = { ...(body[outer] as object | undefined), [inner]: value };
}

/** The value as the command takes it; undefined where nothing was given. */
function settled(field: Field, value: Values[string]): unknown {
  if (value === undefined) return undefined;
  switch (field.kind) {
    case 'instant':
      return value ? `${value as string}:00+08:00` : undefined;
    case 'lines': {
      const lines = (value as string)
        .split('\n')
        .map((line) => line.trim())
        .filter(Boolean);
      return lines.length > 0 ? lines : undefined;
    }
    case 'checks': {
      const checks = (value as CheckLine[]).filter((line) => line.subject.trim());
      return checks.length > 0 ? checks.map(checkOf) : undefined;
    }
    case 'team': {
      const team = (value as Kinds['team']).filter((member) => member.actor.trim());
      return team.length > 0 ? team.map(({ actor, role }) => ({ actor: actor.trim(), role })) : undefined;
    }
    case 'files':
    case 'people':
    case 'clauses':
      return (value as unknown[]).length > 0 ? value : undefined;
    case 'documents':
      return value;
    default:
      return (value as string).trim() || undefined;
  }
}

function checkOf({ subject, passed, remark }: CheckLine) {
  return { subject: subject.trim(), passed, ...(remark.trim() ? { remark: remark.trim() } : {}) };
}
