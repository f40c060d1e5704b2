import { variables } from '@/lib/server/platform/env';

/** What a variable is when it is not set, as text; empty where it has no default. */
function defaultOf(name: keyof typeof variables): string {
  const parsed = variables[name].safeParse(undefined);
  return parsed.success && parsed.data !== undefined ? String(parsed.data) : '';
}

const names = Object.keys(variables) as (keyof typeof variables)[];

/** The table of configuration, as it stands in docs/operate/configuration.md. */
export function configurationTable(): string {
  const lines = names.map((name) => {
    const value = defaultOf(name);
    return `| \`${name}\` | ${value && `\`${value}\``} | ${variables[name].description ?? ''} |`;
  });
  return `| variable | default | what it is |\n| --- | --- | --- |\n${lines.join('\n')}\n`;
}

/** .env.example: every variable with its sentence, commented out. */
export function environmentExample(): string {
  const entries = names.map(
    (name) => `# ${variables[name].description ?? ''}\n#${name}=${defaultOf(name)}\n`,
  );
  return `# Copy to .env. Everything is optional: without DATABASE_URL and S3_BUCKET all runs embedded on this machine.\n\n${entries.join('\n')}`;
}
